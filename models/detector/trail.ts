import type { Baseline, ScaleFit } from '../baseline/baseline.ts'
import { spanCounts } from '../baseline/cap.ts'
import { expectWindows } from '../baseline/expect.ts'
import { hoursOfDay } from '../baseline/hour-slots.ts'
import { LEAST_MEAN } from '../baseline/tails.ts'
import { runningSums, spread } from '../series/counts.ts'
import { windowsPerDay } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import type { Scratch, Workplace } from '../series/scratch.ts'

/**
 * A day and the day before it, window by window, with what the day's baseline expects of both; index
 * 0 is the first window of the day before. Sums take any span of the two days at once.
 */
export interface Trail {
  /** What its means come from: the season, or the calls that errors are a share of. */
  readonly test: 'season' | 'share'
  /** Grid window of index 0. */
  readonly origin: number
  readonly counts: Float64Array
  readonly means: Float64Array
  /** Counts as longer windows take them: no spike fills a day. */
  readonly capped: Float64Array
  readonly countSums: Float64Array
  readonly cappedSums: Float64Array
  readonly meanSums: Float64Array
  readonly dispersion: readonly ScaleFit[]
  /** Factors on the means that a rise and a fall are held against. */
  readonly held: Readonly<Record<'up' | 'down', number>>
}

/** One window of a trail: the index after its last grid window, and which of the lengths judged it has. */
export interface Look {
  readonly end: number
  readonly scaleAt: number
}

/** The trail of a series' own seasonal mean. */
export function seasonTrail(
  counts: Counts,
  baseline: Baseline,
  { grid, scratch }: Workplace,
): Trail {
  const { day, hourOfWeek, withinHour, windowMinutes, dispersion, level } = baseline
  const perDay = windowsPerDay(grid)
  const means = scratch.zeros(2 * perDay)
  for (const [at, each] of [day - 1, day].entries()) {
    const hourly = hoursOfDay(hourOfWeek, each)
    const ofDay = means.subarray(at * perDay, (at + 1) * perDay)
    expectWindows({ day: each, windowMinutes, withinHour, hourly }, ofDay)
  }
  return trailOf(
    { counts: twoDays(counts, day, { grid, scratch }), means },
    {
      test: 'season',
      origin: (day - 1) * perDay,
      dispersion,
      held: { up: level.rise, down: level.fall },
    },
    scratch,
  )
}

/** The trail of errors expected given the calls: their share of them. */
export function shareTrail(
  errors: Counts,
  calls: Counts,
  { day, share }: Pick<Baseline, 'day'> & { readonly share: NonNullable<Baseline['share']> },
  { grid, scratch }: Workplace,
): Trail {
  const perDay = windowsPerDay(grid)
  const means = twoDays(calls, day, { grid, scratch })
  for (let at = 0; at < means.length; at++) {
    const hour = Math.floor(((at % perDay) / perDay) * 24)
    means[at] = (means[at] as number) * (share.hourOfDay[hour] as number)
  }
  return trailOf(
    { counts: twoDays(errors, day, { grid, scratch }), means },
    {
      test: 'share',
      origin: (day - 1) * perDay,
      dispersion: share.dispersion,
      held: { up: 1, down: 1 },
    },
    scratch,
  )
}

function twoDays(counts: Counts, day: number, { grid, scratch }: Workplace): Float64Array {
  const perDay = windowsPerDay(grid)
  return spread(counts, { from: (day - 1) * perDay, until: (day + 1) * perDay }, scratch)
}

function trailOf(
  { counts, means }: Pick<Trail, 'counts' | 'means'>,
  rest: Pick<Trail, 'test' | 'origin' | 'dispersion' | 'held'>,
  scratch: Scratch,
): Trail {
  const single = rest.dispersion[0] as ScaleFit
  const capped = spanCounts(scratch.copy(counts), means, single, rest.held.up)
  return {
    counts,
    means,
    capped,
    countSums: runningSums(counts, scratch),
    cappedSums: runningSums(capped, scratch),
    meanSums: runningSums(means, scratch),
    ...rest,
  }
}

/** The length and scatter of a window. */
export function scaleOf({ dispersion }: Trail, { scaleAt }: Look): ScaleFit {
  return dispersion[scaleAt] as ScaleFit
}

/** Running sums of the counts a rise is judged by: as they are in a single window, capped in a longer one. */
export function risingSums({ countSums, cappedSums }: Trail, scaleAt: number): Float64Array {
  return scaleAt === 0 ? countSums : cappedSums
}

/** The count a rise is judged by. */
export function risingCount(trail: Trail, look: Look): number {
  return spanSum(risingSums(trail, look.scaleAt), trail, look)
}

/** The count as it is. A fall is judged by it, so no cap can feign one. */
export function plainCount(trail: Trail, look: Look): number {
  return spanSum(trail.countSums, trail, look)
}

/** The mean that a window's rise or fall is held against, never quite 0. */
export function meanOf(trail: Trail, look: Look, direction: 'up' | 'down'): number {
  return Math.max(trail.held[direction] * spanSum(trail.meanSums, trail, look), LEAST_MEAN)
}

/** The mean that a window's fall is held against, of the time up to the window's last call only; 0 where there is none. */
export function meanUntilSilence(trail: Trail, look: Look): number {
  const { counts, meanSums, held } = trail
  const from = look.end - scaleOf(trail, look).windows
  let until = look.end
  while (until > from && counts[until - 1] === 0) until--
  return held.down * ((meanSums[until] as number) - (meanSums[from] as number))
}

function spanSum(sums: Float64Array, trail: Trail, look: Look): number {
  return (sums[look.end] as number) - (sums[look.end - scaleOf(trail, look).windows] as number)
}

/**
 * The stretch of a window that holds the most of what is unusual: the sub-span with the largest
 * excess over its expectation (or shortfall, where the window fell), in trail indices. The earliest
 * and shortest of equals; never empty.
 */
export function hotStretch(
  trail: Trail,
  look: Look,
  direction: 'up' | 'down',
): { readonly from: number; readonly until: number } {
  const judged = direction === 'up' && look.scaleAt > 0 ? trail.capped : trail.counts
  const sign = direction === 'up' ? 1 : -1
  let from = look.end - scaleOf(trail, look).windows
  let best = { from, until: look.end, excess: Number.NEGATIVE_INFINITY }
  let excess = 0
  for (let at = from; at < look.end; at++) {
    if (excess <= 0) {
      from = at
      excess = 0
    }
    excess += sign * ((judged[at] as number) - (trail.means[at] as number))
    if (excess > best.excess) best = { from, until: at + 1, excess }
  }
  return { from: best.from, until: best.until }
}
