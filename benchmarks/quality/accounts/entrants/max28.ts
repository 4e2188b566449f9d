import type { Reported } from '../measure/reported.ts'
import type { AccountWork, ApiSeries } from '../simulate/account-work.ts'
import { PER_DAY, PER_HOUR } from '../simulate/calendar.ts'
import { dominantOf, loudestOf } from './principal.ts'

/** What anyone would write: at least 20 calls in 5 minutes and over three times the maximum of 28 days. */
export const PLAIN_MULTIPLE = 3

const LEAST_CALLS = 20
const LOOKBACK = 28 * PER_DAY
/** Multiples under this are never asked for. */
const LEAST_MULTIPLE = 0.5
/** Windows within which alarms of one series are one anomaly, as in the product. */
const MERGE = 3 * PER_HOUR

/** A window that stands out. */
interface Peak {
  readonly window: number
  readonly count: number
  /** The largest count of the 28 days before. */
  readonly largest: number
  /** By how much it stands out. */
  readonly multiple: number
}

/** An account looked at once, to be decided at any multiple. */
export interface MaxScores {
  readonly work: AccountWork
  readonly peaks: readonly { readonly api: ApiSeries; readonly peaks: readonly Peak[] }[]
}

/** Compares every window with the largest of the 28 days before it. */
export function scoreMax28(work: AccountWork): MaxScores {
  return { work, peaks: work.series.map((api) => ({ api, peaks: peaksOf(api) })) }
}

/** What an account is told where a count exceeds so many times the maximum; at 3 the floor is 20 calls. */
export function reportMax28({ work, peaks }: MaxScores, multiple: number): readonly Reported[] {
  return peaks.flatMap(({ api, peaks: all }) =>
    joined(all.filter((peak) => peak.multiple > multiple)).map((run) => reportedOf(work, api, run)),
  )
}

function peaksOf({ calls }: ApiSeries): readonly Peak[] {
  const { at, count } = calls.counts
  const peaks: Peak[] = []
  // Cells whose counts fall, so that the first is the largest of the days before.
  const falling: number[] = []
  for (let cell = 0; cell < at.length; cell++) {
    const [window, calls] = [at[cell] as number, count[cell] as number]
    while ((at[falling[0] ?? cell] as number) < window - LOOKBACK) falling.shift()
    const largest = falling.length === 0 ? 0 : (count[falling[0] as number] as number)
    // The floor scales with the multiple: a little less than 20 calls over 3, so that 20 pass.
    const multiple = calls / Math.max(largest, (LEAST_CALLS - 0.5) / PLAIN_MULTIPLE)
    if (multiple > LEAST_MULTIPLE) peaks.push({ window, count: calls, largest, multiple })
    while (falling.length > 0 && (count[falling.at(-1) as number] as number) <= calls) falling.pop()
    falling.push(cell)
  }
  return peaks
}

/** Peaks of one series with less than three hours between them, together. */
function joined(peaks: readonly Peak[]): readonly (readonly Peak[])[] {
  const runs: Peak[][] = []
  for (const peak of peaks) {
    const last = runs.at(-1)
    if (last === undefined || peak.window - (last.at(-1)?.window ?? 0) > MERGE) runs.push([peak])
    else last.push(peak)
  }
  return runs
}

function reportedOf(work: AccountWork, api: ApiSeries, run: readonly Peak[]): Reported {
  const first = run[0] as Peak
  const endWindow = (run.at(-1) as Peak).window + 1
  const { key, region, service, calls } = api
  const suspicion = {
    tallied: calls,
    startWindow: first.window,
    endWindow,
    direction: 'up',
  } as const
  return {
    ...{ id: `${key} ${first.window}`, account: `${work.kind} ${work.seed}` },
    ...{ key, region, service, errorCode: null, isAggregate: false, direction: 'up' },
    principal: dominantOf(work, suspicion),
    shape: loudestOf(work, suspicion),
    startWindow: first.window,
    endWindow,
    detectedWindow: first.window + 1,
    surprise: Math.log(Math.max(...run.map(({ multiple }) => multiple))),
    purse: 'max28',
    count: first.count,
    expected: first.largest,
    ageWindows: first.window - (calls.counts.at[0] ?? first.window),
    windows: 1,
  }
}
