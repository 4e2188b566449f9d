import { type CountLaw, upperTail } from '../distribution/count-tails.ts'
import { once } from '../once.ts'
import { countIn } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, type WindowSpan, windowsPerDay } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { taughtCounts } from '../series/taught.ts'

/** What is believed of a share of errors before anything is seen: half an error in so many calls. */
const PRIOR = { errors: 0.5, calls: 20 }
/** Relative variance of the share from one burst to the next: who calls is not always the same. */
const SHARE_NOISE = 0.5

/** The law of the errors in a span, given the calls in it. */
export type ShareLaw = (span: WindowSpan) => CountLaw

/**
 * The law of a sparse series' errors given its calls (gamma–Poisson), from the share of calls that failed on the 28 days
 * before a day, summed up when a burst first asks; null for what is no share of calls.
 */
export function shareLaw(
  { counts, exposure, skips }: Pick<SeriesHistory, 'counts' | 'exposure' | 'skips'>,
  day: number,
  grid: Grid,
): ShareLaw | null {
  if (exposure === null) return null
  const perDay = windowsPerDay(grid)
  const before = { from: (day - LEARN_DAYS) * perDay, until: day * perDay }
  const past = once(() => ({
    seen: PRIOR.errors + countIn(taughtCounts({ counts, skips }), before),
    calls: PRIOR.calls + countIn(taughtCounts({ counts: exposure, skips }), before),
  }))
  return (span) => {
    const { seen, calls } = past()
    const relative = SHARE_NOISE + 1 / seen
    const mean = (countIn(exposure, span) * seen) / calls
    return { mean, variance: mean + relative * mean * mean }
  }
}

/**
 * ln P(as many errors or more) of a span with an error at all.
 * @example
 * shareLogTail(1, { mean: 0.5, variance: 0.75 }) // => 0
 */
export function shareLogTail(errors: number, law: CountLaw): number {
  return Math.min(0, upperTail(errors, law) - upperTail(1, law))
}
