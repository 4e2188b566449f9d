import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DayScores, daysToScore } from '../../models/index.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import { detect } from '../../src/pipeline/scoring/detect.ts'
import { ScoringThreads } from '../../src/pipeline/scoring/scoring-threads.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import { accountOf } from '../support/account-history.ts'
import { mixedSeries } from '../support/mixed-account.ts'
import { temporaryFolder, written } from '../support/pipeline-world.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../support/small-files.ts'
import { memoryStore } from '../support/temporary-store.ts'

const DAY_MS = 86_400_000
const grid = { windowMinutes: 5 }
const span = { fromDay: 30, untilDay: 50 }
const accountFrom = (seed: number) => accountOf(mixedSeries(span.untilDay, seed), 0)

function threadsOf(
  changes: Partial<ConstructorParameters<typeof ScoringThreads>[0]> = {},
): ScoringThreads {
  const threads = new ScoringThreads({ threadCount: 2, leastSeriesDays: 0, ...changes })
  onTestFinished(() => threads.close())
  return threads
}

async function all(days: AsyncIterable<DayScores>): Promise<readonly DayScores[]> {
  const known: DayScores[] = []
  for await (const day of days) known.push(day)
  return known
}

function alone(seed: number): readonly DayScores[] {
  const { days, score } = daysToScore(accountFrom(seed), span, grid)
  return days.map(score)
}

/** Scores with one thread that takes a day of its own and then does `code`; the second day is asked for when it has. */
async function withOdd(code: string): Promise<readonly DayScores[]> {
  const begun = join(temporaryFolder(), 'begun')
  const thread = `
    import { writeFileSync } from 'node:fs'
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ order, span, begun }) => {
      const day = span.fromDay + Atomics.add(begun, 0, 1)
      ${code}
      writeFileSync(${JSON.stringify(begun)}, '')
    })
    process.on('exit', () => writeFileSync(${JSON.stringify(begun)}, ''))`
  const path = written(join(temporaryFolder(), 'thread.mjs'), thread)
  const threads = threadsOf({ threadCount: 1, code: pathToFileURL(path) })
  const known: DayScores[] = []
  for await (const day of threads.score(accountFrom(1), span, grid)) {
    known.push(day)
    while (!existsSync(begun)) await setTimeout(5)
  }
  return known
}

/** What scoring a month of 650 APIs leaves in a store, and how many threads there were meanwhile. */
async function detected(scorers: number) {
  const store = memoryStore()
  onTestFinished(() => store.close())
  const calls = Array.from({ length: 650 * 31 }, (_, at) =>
    aCall({
      eventName: `Get${at % 650}`,
      eventId: anId(at),
      timeMs: MIDNIGHT_MS + Math.floor(at / 650) * DAY_MS + (at % 997) * 60_000,
    }),
  )
  const burst = Array.from({ length: 300 }, (_, at) =>
    aCall({
      eventName: 'Get1',
      eventId: anId(30_000 + at),
      timeMs: MIDNIGHT_MS + 29 * DAY_MS + at,
    }),
  )
  store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [...calls, ...burst] }))
  let threads = 0
  const before = workersOf()
  const report = await detect(store, settingsFrom(null), {
    scorers,
    onDetect: () => {
      threads = Math.max(threads, workersOf() - before)
    },
  })
  return { report, hash: canonicalHash(store), threads }
}

/** Each thread has a port to this one. */
const workersOf = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length

describe('detect', () => {
  it('scores by as many threads as are asked for, to the same end', async () => {
    const alone = await detected(1)
    expect(alone.report.daysScored).toBe(31)
    expect(alone.report.insights.added).toBeGreaterThan(0)
    expect(alone.threads).toBe(0)
    expect(await detected(3)).toEqual({ ...alone, threads: 2 })
  })
})

describe('ScoringThreads', () => {
  it('score the days of one account after the other as one thread does', async () => {
    const threads = threadsOf()
    for (const seed of [1, 2]) {
      const days = alone(seed)
      expect(days.flatMap(({ scores }) => scores).length).toBeGreaterThan(0)
      expect(await all(threads.score(accountFrom(seed), span, grid))).toEqual(days)
    }
  })

  it('take what a thread says of a day', async () => {
    const days = await withOdd(
      `parentPort.postMessage({ kind: 'scored', order, day: { scored: { day }, scores: ['its own'] } })`,
    )
    expect(days.map(({ scored }) => scored.day)).toEqual(alone(1).map(({ scored }) => scored.day))
    expect(days.filter(({ scores }) => String(scores) === 'its own')).toHaveLength(1)
  })

  it('forget what is said of an account that is given up', async () => {
    const threads = threadsOf()
    for await (const { scored } of threads.score(accountFrom(1), span, grid)) {
      if (scored.day > span.fromDay) break
    }
    expect(await all(threads.score(accountFrom(2), span, grid))).toEqual(alone(2))
  })

  it('end with WORKER_LOST where a thread ends by itself', async () => {
    await expect(withOdd('process.exit(3)')).rejects.toMatchObject({
      code: 'WORKER_LOST',
      message: 'a scoring thread was lost: it ended with code 3',
    })
  })

  it('pass on a bug met while scoring', async () => {
    const bug = `parentPort.postMessage({ kind: 'broken', error: new RangeError('a bug ' + day) })`
    await expect(withOdd(bug)).rejects.toThrow(/^a bug \d+$/)
  })

  it('start none where there is little to do', async () => {
    const threads = threadsOf({ code: new URL('file:///nowhere.mjs'), leastSeriesDays: 1000 })
    expect(await all(threads.score(accountFrom(1), span, grid))).toEqual(alone(1))
  })
})
