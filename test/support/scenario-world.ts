import { type Insight, isAlarm } from '../../src/insight/insight.ts'
import { type InsightRecord, recordsOf } from '../../src/insight/record.ts'
import type { RunReport } from '../../src/pipeline/run.ts'
import type { SourceObject } from '../../src/source/source.ts'
import { poisson } from './account-history.ts'
import { DAY_MS, FIRST_DAY_MS, inMemory, insightsOf, listing, runOver } from './pipeline-world.ts'
import { seededRandom } from './seeded-random.ts'
import { memoryStore } from './temporary-store.ts'
import { recordsText, trailRecord } from './trail-records.ts'

const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

/** What makes the record of a call differ from others. */
export interface CallParts {
  readonly eventName: string
  readonly errorCode?: string
  readonly [field: string]: unknown
}

/** One made call. */
export interface MadeCall {
  readonly timeMs: number
  readonly parts: CallParts
}

/** Calls that come all day: on average so many an hour. */
export interface Traffic {
  readonly perHour: (day: number, hour: number) => number
  /** Evenly over their hour, as a poller makes them; or at any time in it. */
  readonly spread: 'even' | 'random'
  /** Of the call at a place in its hour, the first is 0. */
  readonly parts: (day: number, hour: number, place: number) => CallParts
}

/** A moment of made trails. */
export const at = (day: number, hour = 0, minute = 0): number =>
  FIRST_DAY_MS + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS

/** The calls of traffic over days from the first on, the same for the same seed. */
export function trafficCalls(
  { perHour, spread, parts }: Traffic,
  { days, seed }: { readonly days: number; readonly seed: number },
): readonly MadeCall[] {
  const random = seededRandom(seed)
  return Array.from({ length: days * 24 }, (_, hours) => {
    const day = Math.floor(hours / 24)
    const hour = hours % 24
    const count = poisson(random, perHour(day, hour))
    return Array.from({ length: count }, (_, place): MadeCall => {
      const part = spread === 'even' ? (place + random()) / count : random()
      return {
        timeMs: at(day, hour) + Math.floor(part * 3600) * 1000,
        parts: parts(day, hour, place),
      }
    })
  }).flat()
}

/** The calls of one job: so many from a moment on, one every so many seconds. */
export function jobCalls(
  fromMs: number,
  { count, everyS = 1 }: { readonly count: number; readonly everyS?: number },
  parts: CallParts,
): readonly MadeCall[] {
  return Array.from({ length: count }, (_, place) => ({
    timeMs: fromMs + place * everyS * 1000,
    parts,
  }))
}

/** Calls as files of a trail, one a day. */
export function trailFiles(calls: readonly MadeCall[], folder = ''): readonly SourceObject[] {
  const days = new Map<number, string[]>()
  for (const [place, { timeMs, parts }] of calls.entries()) {
    const eventTime = new Date(timeMs).toISOString().replace('.000Z', 'Z')
    const record = JSON.stringify(trailRecord(place + 1, { eventTime, ...parts }))
    const day = Math.floor((timeMs - FIRST_DAY_MS) / DAY_MS)
    const records = days.get(day) ?? []
    days.set(day, records)
    records.push(record)
  }
  return [...days].map(([day, records]) =>
    inMemory(`${folder}/day-${String(day).padStart(2, '0')}.json`, recordsText(...records)),
  )
}

/** What a run over files did, and the alarms that stand after it, oldest first. */
export async function ranOver(
  files: readonly SourceObject[],
): Promise<{ readonly report: RunReport; readonly alarms: readonly Insight[] }> {
  const store = memoryStore()
  try {
    const report = await runOver(store, listing(files))
    return { report, alarms: insightsOf(store).filter(isAlarm) }
  } finally {
    store.close()
  }
}

/** The alarms of a run over these calls. */
export async function alarmsIn(calls: readonly MadeCall[]): Promise<readonly Insight[]> {
  return (await ranOver(trailFiles(calls))).alarms
}

/** The Start record that AWS would write for an insight. */
export function startRecord(insight: Insight | undefined): InsightRecord {
  const start = insight && recordsOf(insight, { strict: true })[0]
  if (start === undefined) throw new Error('expected an insight with a Start record')
  return start
}

/** The statistics that a Start record must hold, counted from the calls themselves. */
export function statisticsFrom(
  calls: readonly MadeCall[],
  { eventTime, insightDetails }: InsightRecord,
): object {
  const { eventName, errorCode, insightContext } = insightDetails
  const { insightDuration } = insightContext.statistics
  const startMs = Date.parse(eventTime)
  const baselineMs = startMs - (startMs % DAY_MS) - 7 * DAY_MS
  const baselineDuration = (startMs - baselineMs) / MINUTE_MS
  const meant = calls.filter(
    ({ parts }) =>
      parts.eventName === eventName && (errorCode === undefined || parts.errorCode === errorCode),
  )
  const average = (fromMs: number, minutes: number) =>
    Number((callsWithin(meant, fromMs, minutes) / minutes).toFixed(10))
  return {
    baseline: { average: average(baselineMs, baselineDuration) },
    insight: { average: average(startMs, insightDuration) },
    insightDuration,
    baselineDuration,
  }
}

/** How many calls lie in so many minutes from a moment on. */
export function callsWithin(calls: readonly MadeCall[], fromMs: number, minutes: number): number {
  const untilMs = fromMs + minutes * MINUTE_MS
  return calls.filter(({ timeMs }) => timeMs >= fromMs && timeMs < untilMs).length
}
