import type { Baseline } from '../baseline/baseline.ts'
import { exposureOf } from '../baseline/learn.ts'
import type { BurstJudge } from '../baseline/own-bursts.ts'
import { once } from '../once.ts'
import { type Grid, windowsPerDay } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { stepOf } from '../series/scales.ts'
import type { Scratch } from '../series/scratch.ts'
import type { FallProof } from './fall-proof.ts'
import { type Past, pastOf } from './past.ts'
import type { Keep } from './score.ts'
import { seasonTrail, shareTrail, type Trail } from './trail.ts'

/** One dense series on one day: all that its scores are made of. */
export interface DenseDay {
  readonly series: SeriesHistory
  /** Of the day scored. */
  readonly baseline: Baseline
  readonly grid: Grid
  /** Dense series of the same pool in the account on that day. */
  readonly denseCount: number
  readonly keep: Keep
  /** Series of the pool that are expected to change their level for good in a week, in one direction. */
  readonly changes: number
  /** What bursts beside its own work usually are: few days ask. */
  readonly bursts: () => BurstJudge
  /** Calls only; null for errors, whose falls are no anomaly. */
  readonly proof: FallProof | null
  /** Where the scan finds its arrays; another than its baseline was learned in. */
  readonly scratch: Scratch
}

/** A dense day laid out for the scan. */
export interface DensePlan extends DenseDay {
  /** What the series' own season expects. */
  readonly season: Trail
  /** What is expected of errors given the calls: a rise must stand out from both. Made when first asked for; null for calls. */
  readonly given: () => Trail | null
  /** Ways to look at a window: its lengths times its sides. */
  readonly looks: number
  /** The 28 days before, laid out when first asked for. */
  readonly past: () => Past
}

/** Lays out the two days that a dense day's windows may cover. */
export function planOf(input: DenseDay): DensePlan {
  const { series, baseline, grid, proof, scratch } = input
  const place = { grid, scratch }
  const season = seasonTrail(series.counts, baseline, place)
  return {
    past: once(() => pastOf(series, baseline, place)),
    season,
    given: once(() => {
      const { day, share } = baseline
      if (share === null) return null
      return shareTrail(series.counts, exposureOf(series), { day, share }, place)
    }),
    looks: baseline.dispersion.length * (proof === null ? 1 : 2),
    ...input,
  }
}

/**
 * Windows of one length that are judged in a week.
 * @example
 * testsPerWeek(1, { windowMinutes: 5 }) // => 2016
 * testsPerWeek(288, { windowMinutes: 5 }) // => 84
 */
export function testsPerWeek(windows: number, grid: Grid): number {
  return (7 * windowsPerDay(grid)) / stepOf(windows, grid)
}

/** What a tail's -ln pays for the number of windows, lengths, sides and series it was looked for in. */
export function penaltyOf({ looks, denseCount, grid }: DensePlan, windows: number): number {
  return Math.log(testsPerWeek(windows, grid) * looks) + Math.log(denseCount)
}

/** Windows of one length beside each other in the days learned from, less one: how well their scatter is known; 1 at least. */
export function degreesOf({ baseline, grid }: DensePlan, windows: number): number {
  return Math.max(1, (baseline.observedDays * windowsPerDay(grid)) / windows - 1)
}
