import { cellsBefore, countIn } from '../series/counts.ts'
import {
  type Grid,
  LEARN_DAYS,
  type WindowSpan,
  windowsPerDay,
  windowsPerHour,
} from '../series/grid.ts'
import type { Counts, Coverage, SeriesHistory } from '../series/history.ts'
import { skippedIn, taughtCounts } from '../series/taught.ts'

/** Says of one day's windows whether the trail is known to have delivered when they ended. */
export interface Delivery {
  /** How many call series of the group had a call, per window from an hour before the day on. */
  readonly active: Int32Array
  /** Grid window of index 0. */
  readonly origin: number
}

/** What a fall of one series on one day is held against. */
export interface FallProof {
  readonly counts: Counts
  /** Windows that teach nothing. */
  readonly skips?: readonly WindowSpan[] | undefined
  readonly delivery: Delivery
  /** What is known of the group's delivery; left out: nothing, so that other series' calls must speak for it. */
  readonly coverage?: Coverage | undefined
  /** Longest stretch of windows without a call in the 28 days before the day: few days ask. */
  readonly longestSilence: () => number
}

/** A fall to nothing lasts longer than this many times the longest silence. */
const SILENCE_RATIO = 2
/** Days on which a run must have come for a missing one to say something. */
const REGULAR_RUNS = 10

/** Where the group's series had calls, on a day and in the hour before it. */
export function deliveryOf(group: readonly SeriesHistory[], day: number, grid: Grid): Delivery {
  const origin = day * windowsPerDay(grid) - windowsPerHour(grid)
  const until = (day + 1) * windowsPerDay(grid)
  const active = new Int32Array(until - origin)
  for (const { counts } of group) {
    const end = cellsBefore(counts, until)
    for (let cell = cellsBefore(counts, origin); cell < end; cell++) {
      const at = (counts.at[cell] as number) - origin
      active[at] = (active[at] as number) + 1
    }
  }
  return { active, origin }
}

/**
 * The longest pause between calls in the 28 days before a day, in windows, without those that teach nothing. The pause it
 * ends with is left out: it may be the fall.
 */
export function longestSilence(
  series: Pick<SeriesHistory, 'counts' | 'firstWindow' | 'skips'>,
  day: number,
  grid: Grid,
): number {
  const { firstWindow } = series
  const counts = taughtCounts(series)
  const from = Math.max((day - LEARN_DAYS) * windowsPerDay(grid), firstWindow)
  const end = cellsBefore(counts, day * windowsPerDay(grid))
  let longest = 0
  let last = from - 1
  for (let cell = cellsBefore(counts, from); cell < end; cell++) {
    const at = counts.at[cell] as number
    const pause = at - last - 1
    if (pause > longest) {
      longest = Math.max(longest, pause - skippedIn(series, { from: last + 1, until: at }))
    }
    last = at
  }
  return longest
}

/**
 * Whether a count under its expectation is the API's own doing, as far as can be known when the
 * window ends: nothing of the window is lost; all of it is proven to be delivered, or another series
 * of the group had a call in the last hour; and where nothing came at all, the silence is longer than
 * twice the longest known, or a run is missing that came on each of the 10 days before.
 */
export function fallIsProven(
  proof: FallProof,
  span: WindowSpan,
  count: number,
  grid: Grid,
): boolean {
  const { counts, delivery, coverage } = proof
  const { until } = span
  if (coverage !== undefined && skippedIn({ skips: coverage.lost }, span) > 0) return false
  const hourAgo = until - windowsPerHour(grid)
  let active = 0
  for (let window = hourAgo; window < until; window++) {
    active += delivery.active[window - delivery.origin] as number
  }
  const own = cellsBefore(counts, until) - cellsBefore(counts, hourAgo)
  if (active === own && !isCovered(coverage, span)) return false
  if (count > 0 || silenceAt(proof, until) > SILENCE_RATIO * proof.longestSilence()) return true
  return isDaily(proof, span, grid)
}

/** Whether there were calls at the same time on each of the 10 days before; days that teach nothing of it are passed over. */
function isDaily(proof: FallProof, { from, until }: WindowSpan, grid: Grid): boolean {
  let runs = 0
  for (let day = 1; day <= REGULAR_RUNS; day++) {
    const shift = day * windowsPerDay(grid)
    const before = { from: from - shift, until: until - shift }
    if (skippedIn(proof, before) > 0) continue
    if (countIn(proof.counts, before) === 0) return false
    runs++
  }
  return runs > 0
}

/** Whether all of a span is proven to be delivered. */
function isCovered(coverage: Coverage | undefined, span: WindowSpan): boolean {
  return skippedIn({ skips: coverage?.proven }, span) === span.until - span.from
}

/** Windows without a call up to a window, but for those that are lost. The series has an earlier call. */
function silenceAt({ counts, coverage }: FallProof, until: number): number {
  const from = (counts.at[cellsBefore(counts, until) - 1] as number) + 1
  return until - from - skippedIn({ skips: coverage?.lost }, { from, until })
}
