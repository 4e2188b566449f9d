import { lawOf, riseLaw } from '../baseline/baseline.ts'
import { FALL_FROM_MEAN, LEAST_MEAN } from '../baseline/tails.ts'
import { lowerTail, upperTail } from '../distribution/count-tails.ts'
import { spanSums } from '../series/counts.ts'
import { stepOf } from '../series/scales.ts'
import { type DensePlan, penaltyOf } from './dense-day.ts'
import { type Judged, judgeFall, judgeRise } from './judge.ts'
import { leastKept } from './score.ts'
import { risingSums, scaleOf } from './trail.ts'

/** All windows of one length in a day, seen from one side; index 0 ends at `firstEnd`. */
interface Lane {
  readonly plan: DensePlan
  readonly scaleAt: number
  readonly direction: 'up' | 'down'
  readonly firstEnd: number
  /** From one end to the next. */
  readonly step: number
  readonly counts: Float64Array
  readonly means: Float64Array
  /** The least surprise that is kept, … */
  readonly least: number
  /** … and the -ln of a tail it takes. */
  readonly needed: number
}

/** What a bound may be wrong by: the rounding of two tails. */
const ROUNDING = 1e-6

/**
 * The windows of one length, ending on its steps in trail indices `[firstEnd, untilEnd)`, that
 * surprise enough to be kept. Most are passed over without a tail of their own: a group of them
 * surprises no more than its most extreme count would against its least favourable mean, since more
 * calls are never less surprising and a larger mean never more.
 */
export function search(
  plan: DensePlan,
  { scaleAt, direction }: Pick<Lane, 'scaleAt' | 'direction'>,
  { firstEnd, untilEnd }: { readonly firstEnd: number; readonly untilEnd: number },
): readonly Judged[] {
  const { season } = plan
  const { windows } = scaleOf(season, { end: firstEnd, scaleAt })
  const step = stepOf(windows, plan.grid)
  const first = Math.ceil(firstEnd / step) * step
  const length = Math.max(Math.ceil((untilEnd - first) / step), 0)
  const steps = { begin: first - windows, step, windows, spanCount: length }
  const countSums = direction === 'up' ? risingSums(season, scaleAt) : season.countSums
  const counts = spanSums(countSums, steps, plan.scratch)
  const means = spanSums(season.meanSums, steps, plan.scratch)
  const held = season.held[direction]
  for (let at = 0; at < length; at++) {
    means[at] = Math.max(held * (means[at] as number), LEAST_MEAN)
  }
  const least = leastKept(plan.keep, plan.denseCount)
  const lane: Lane = {
    plan,
    scaleAt,
    direction,
    firstEnd: first,
    step,
    counts,
    means,
    least,
    needed: least + penaltyOf(plan, windows),
  }
  const found: Judged[] = []
  searchPart(lane, 0, length, found)
  return found
}

/** Splits a part of the lane until it can be passed over or is one window. */
function searchPart(lane: Lane, from: number, until: number, found: Judged[]): void {
  if (until <= from || isQuiet(lane, from, until)) return
  if (until - from > 1) {
    const middle = (from + until) >> 1
    searchPart(lane, from, middle, found)
    searchPart(lane, middle, until, found)
    return
  }
  const judge = lane.direction === 'up' ? judgeRise : judgeFall
  const judged = judge(lane.plan, { end: lane.firstEnd + from * lane.step, scaleAt: lane.scaleAt })
  if (judged !== undefined && judged.surprise >= lane.least) found.push(judged)
}

/** Whether no window of a part can be kept. Never true of one that would be. */
function isQuiet(lane: Lane, from: number, until: number): boolean {
  const { plan, scaleAt, direction, needed } = lane
  const up = direction === 'up'
  const count = extremeOf(lane.counts, from, until, up)
  const mean = extremeOf(lane.means, from, until, !up)
  if (up ? count <= mean : count >= mean || mean < FALL_FROM_MEAN) return true
  const scale = scaleOf(plan.season, { end: lane.firstEnd, scaleAt })
  if (until - from === 1) return false
  const tail = up ? upperTail : lowerTail
  const law = up ? riseLaw(scale, mean) : lawOf(scale, mean)
  // The series' own tail never makes a surprise larger, so it need not be known here.
  return -tail(count, law) < needed - ROUNDING
}

function extremeOf(values: Float64Array, from: number, until: number, largest: boolean): number {
  let extreme = values[from] as number
  for (let at = from + 1; at < until; at++) {
    const value = values[at] as number
    if (largest ? value > extreme : value < extreme) extreme = value
  }
  return extreme
}
