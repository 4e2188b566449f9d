import {
  dayOf,
  type Grid,
  heldToRecord,
  NEW_DAYS,
  recordOf,
  type Score,
  skippedDays,
  taughtCounts,
} from '../../../models/index.ts'
import { poolOf } from '../../insight/aggregate.ts'
import type { AggregateScore } from '../../store/store.ts'
import type { WithAggregates } from './aggregate-series.ts'

/**
 * The scores of aggregates among all: held to what the aggregate's own last 28 days show, since sums of many people's
 * work come in bursts that no smooth law knows. Whatever is called, new or not, is left out while the account is new.
 */
export function heldScores(
  scores: readonly Score[],
  { history, subjects }: WithAggregates,
  grid: Grid,
): readonly AggregateScore[] {
  const series = new Map(history.series.map((each) => [each.key, each]))
  const ripeFrom = dayOf(history.firstWindow, grid) + NEW_DAYS
  return scores.flatMap((score) => {
    const subject = subjects.get(score.key)
    const own = series.get(score.key)
    if (subject === undefined || own === undefined) return []
    // Its law is the record itself.
    if (poolOf(subject) === 'breadth') return [{ subject, score }]
    const isWhatever = subject.aggregate === 'distinct'
    if (isWhatever && dayOf(score.untilWindow - 1, grid) < ripeFrom) return []
    const atLeast = isWhatever ? score.count / MARGIN : score.count
    const skipped = skippedDays(own, dayOf(score.untilWindow - 1, grid), grid)
    const record = recordOf(taughtCounts(own), score, {
      ...{ atLeast, bornWindow: history.firstWindow, skippedDays: skipped, grid },
    })
    return [{ subject, score: heldToRecord(score, record) }]
  })
}

/** Times the largest of 28 days that a number of whatever is called must reach to be more than one of its bursts. */
const MARGIN = 1.5
