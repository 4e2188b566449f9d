import { join } from 'node:path'
import { localFiles } from '../../../src/index.ts'
import { parseObjectName } from '../../../src/source/object-name.ts'
import { startRun } from '../http/served.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { cpuNow } from './cpu-seconds.ts'
import { openAt, removeAt } from './open-scratch.ts'
import { trailPaths } from './trail-paths.ts'
import { runOnce } from './whole-run.ts'

/** Files that a schedule finds. */
const NEW_FILES = 5

/** `offtrail run` as a schedule starts it, each in a process of its own: once the last files of a trail came, and when nothing did. And what an event took in the run before them. */
export async function scheduledRun({ folder, threads, scratch = '' }: Task): Promise<Outcome> {
  const path = join(scratch, `scheduled-${process.pid}.db`)
  const files = trailPaths(folder).toSorted((one, other) => deliveredMs(one) - deliveredMs(other))
  const store = openAt(path)
  const before = cpuNow()
  const { ingest } = await runOnce(store, localFiles(files.slice(0, -NEW_FILES)), threads)
  const firstMicroseconds = ((cpuNow() - before) / ingest.tally.read) * 1e6
  store.close()
  const newsSeconds = await secondsOf(path, folder)
  const nothingSeconds = await secondsOf(path, folder)
  removeAt(path)
  return { figures: { firstMicroseconds, newsSeconds, nothingSeconds, newFiles: NEW_FILES } }
}

/** When a file was delivered, as its name says. */
function deliveredMs(path: string): number {
  return parseObjectName(path)?.stampMs ?? 0
}

async function secondsOf(store: string, folder: string): Promise<number> {
  const begunMs = performance.now()
  const { code, err } = await startRun(store, folder).ended
  if (code !== 0) throw new Error(`error: a run ended with ${code}: ${err.trim()}`)
  return (performance.now() - begunMs) / 1000
}
