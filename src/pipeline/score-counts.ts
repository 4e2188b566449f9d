import type { Metric, Sensitivity, SeriesStanding } from '../../models/index.ts'
import type { CountTable } from '../source/counts/count-table.ts'
import { type CountEvent, countEvents } from './counts/count-events.ts'
import { gridHistories } from './counts/histories.ts'
import { type OwnedScores, type ScoreProgress, scoreGrid } from './counts/score-grid.ts'
import { type ScoreRow, scoreRows } from './counts/score-rows.ts'

/** Series by how they were judged on the last day. */
export type ClassTally = Readonly<Record<'dense' | 'sparse' | 'learning', number>>

export interface CountScores {
  /** By key in the order of the table, then metric, then time. */
  readonly scores: readonly ScoreRow[]
  /** In the same order. */
  readonly events: readonly CountEvent[]
  /** Of calls there is one series a key, of errors one a key and code. */
  readonly series: Readonly<Record<Metric, ClassTally>>
  /** Keys without a single call: there was nothing to score. */
  readonly silentKeys: number
}

export interface ScoreCountsOptions {
  /** Its budget is that of all keys together. */
  readonly sensitivity: Sensitivity
  readonly onProgress?: (progress: ScoreProgress) => void
}

/**
 * Scores counts that were made elsewhere, all keys as those of one account, and tells the events among them. A function of
 * the table alone: the order of its series orders the answer, and changes no number.
 */
export function scoreCounts(
  table: CountTable,
  { sensitivity, onProgress = () => {} }: ScoreCountsOptions,
): CountScores {
  const grids = gridHistories(table).map((history) => {
    const { grid, share } = history
    const { owned, standings } = scoreGrid(history, table, onProgress)
    // Surprise is told among the keys of a grid, so a grid gets the part of the budget that it has of the keys.
    const alarmBudget = sensitivity.alarmBudget * share
    const rules = { grid, sensitivity: { ...sensitivity, alarmBudget }, endMs: table.endMs }
    return { owned: owned.map((scores) => ({ ...scores, rules })), standings }
  })
  const owned = grids.flatMap((grid) => grid.owned).sort(byPlace)
  const standings = grids.flatMap((grid) => grid.standings)
  return {
    scores: owned.flatMap((each) => scoreRows(each, each.rules)),
    events: owned.flatMap((each) => countEvents(each, each.rules)),
    series: { calls: tallyOf(standings, 'calls'), errors: tallyOf(standings, 'errors') },
    silentKeys: table.series.filter(({ calls }) => calls.at.length === 0).length,
  }
}

function byPlace({ owner: one }: OwnedScores, { owner: other }: OwnedScores): number {
  return one.place - other.place || (one.metric < other.metric ? -1 : 1)
}

function tallyOf(standings: readonly SeriesStanding[], metric: Metric): ClassTally {
  const tally = { dense: 0, sparse: 0, learning: 0 }
  for (const each of standings) if (each.metric === metric) tally[each.standing.kind] += 1
  return tally
}
