import { contenderOf } from './contenders/contenders.ts'
import type { Sample, Task } from './measure/sample.ts'

// One contender in a process of its own, so that CPU time and peak memory are its own: child.js NAME TASK.
const [name = '', text = '{}'] = process.argv.slice(2)
const task: Task = JSON.parse(text)
const contend = await contenderOf(name)
const before = process.cpuUsage()
const begunMs = performance.now()
const outcome = await contend(task)
const wallSeconds = (performance.now() - begunMs) / 1000
const used = process.cpuUsage(before)
const sample: Sample = {
  cpuSeconds: outcome.elsewhere?.cpuSeconds ?? (used.user + used.system) / 1e6,
  wallSeconds,
  startSeconds: (before.user + before.system) / 1e6,
  peakMb: outcome.elsewhere?.peakMb ?? process.resourceUsage().maxRSS / 1024,
  digest: outcome.digest ?? null,
  figures: outcome.figures ?? {},
}
process.stdout.write(`\n${JSON.stringify(sample)}\n`, () => process.exit(0))
