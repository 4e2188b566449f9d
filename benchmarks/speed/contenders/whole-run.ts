import { statSync } from 'node:fs'
import { join } from 'node:path'
import { collectNow, collectSooner, settleEngine } from '../../../src/base/engine.ts'
import {
  localFiles,
  type RunReport,
  run,
  type Source,
  type Store,
  settingsFrom,
} from '../../../src/index.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { cpuNow } from './cpu-seconds.ts'
import { openAt, removeAt } from './open-scratch.ts'

// As the program does.
settleEngine(process.versions.v8)

/** The whole of `run` on a new store, its parts, and a second run with nothing new. */
export async function wholeRun({ folder, threads, scratch = '', sizes }: Task): Promise<Outcome> {
  const path = join(scratch, `run-${process.pid}.db`)
  const store = openAt(path)
  const parts = new Parts(store)
  const source = localFiles([folder])
  const first = await runOnce(parts.store, source, threads)
  const figures = parts.figures()
  // Before the second run, which is not part of the first.
  const peakMb = process.resourceUsage().maxRSS / 1024
  const secondMs = performance.now()
  if (sizes?.['again'] === 1) await runOnce(store, source, threads)
  const againSeconds = (performance.now() - secondMs) / 1000
  store.close()
  const storeMb = statSync(path).size / 2 ** 20
  removeAt(path)
  const { counted, duplicate } = first.ingest.tally
  return {
    elsewhere: { cpuSeconds: figures['whole'] ?? Number.NaN, peakMb },
    figures: { ...figures, againSeconds, storeMb, counted, duplicate },
  }
}

/** A run as the program makes it, without settings. */
export async function runOnce(store: Store, source: Source, workers: number): Promise<RunReport> {
  // Known only once there are worker threads.
  const threads = { workers, scorers: workers }
  return await run([source], store, {
    ...threads,
    settings: settingsFrom(null),
    account: null,
    asOfMs: null,
    deliverSinceMs: null,
    sinks: [],
    onRead: collectSooner,
    onBlock: collectNow,
    now: () => Date.now(),
  })
}

/** A store that notes the CPU time spent in its writes, and when the steps of a run end. */
class Parts {
  readonly store: Store
  readonly #begun = cpuNow()
  #writing = 0
  #readUntil = 0
  #readWriting = 0
  #scoredUntil = 0
  #scoredWriting = 0

  constructor(store: Store) {
    const timed = <Args extends unknown[], Answer>(work: (...args: Args) => Answer) => {
      return (...args: Args): Answer => {
        const before = cpuNow()
        try {
          return work(...args)
        } finally {
          this.#writing += cpuNow() - before
        }
      }
    }
    this.store = {
      ...store,
      commitObjects: timed(store.commitObjects),
      rest: timed(store.rest),
      commitDays: timed(store.commitDays),
      commitDetection: (commit) => {
        timed(store.commitDetection)(commit)
        this.#scoredUntil = cpuNow()
        this.#scoredWriting = this.#writing
      },
      replaceInsights: timed(store.replaceInsights),
      finishRun: timed(store.finishRun),
      accounts: () => {
        if (this.#readUntil === 0) {
          this.#readUntil = cpuNow()
          this.#readWriting = this.#writing
        }
        return store.accounts()
      },
    }
  }

  /** CPU seconds: reading until the first question about accounts, scoring until its commit, insights the rest. */
  figures() {
    const now = cpuNow()
    const scoredWriting = this.#scoredWriting - this.#readWriting
    return {
      whole: now - this.#begun,
      reading: this.#readUntil - this.#begun - this.#readWriting,
      writes: this.#writing,
      scoring: this.#scoredUntil - this.#readUntil - scoredWriting,
      insights: now - this.#scoredUntil - (this.#writing - this.#scoredWriting),
    }
  }
}
