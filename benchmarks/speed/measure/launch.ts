import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Sample, Task } from './sample.ts'

const CHILD = fileURLToPath(new URL('../child.js', import.meta.url))

/** A contender's run, or why there is none. */
export type Launched =
  | { readonly sample: Sample; readonly failure: null }
  | { readonly sample: null; readonly failure: string }

/** Runs a contender once in a process of its own. Its last line on standard output is its sample. */
export function launch(name: string, task: Task): Launched {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', CHILD, name, JSON.stringify(task)],
    { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: '1' } },
  )
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  if (status === 0 && line.startsWith('{')) return { sample: JSON.parse(line), failure: null }
  const words = stderr.split('\n').find((text) => /error/i.test(text)) ?? `exit code ${status}`
  return { sample: null, failure: words.trim().slice(0, 160) }
}
