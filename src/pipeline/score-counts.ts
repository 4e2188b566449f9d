import type { Metric, Sensitivity, SeriesStanding } from '../../models/index.ts'
import type { CountTable } from '../source/counts/count-table.ts'
import { type CountEvent, countEvents } from './counts/count-events.ts'
import { gridHistories } from './counts/histories.ts'
import { type OwnedScores, type ScoreProgress, scoreGrid } from './counts/score-grid.ts'
import { type EventRules, type ScoreRow, scoreRows } from './counts/score-rows.ts'

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

/** Counts that were scored once, to be decided with any sensitivity; its budget is that of all keys together. */
export interface ScoredCounts {
  rows(sensitivity: Sensitivity): readonly ScoreRow[]
  events(sensitivity: Sensitivity): readonly CountEvent[]
  readonly standings: readonly SeriesStanding[]
}

/**
 * Scores counts that were made elsewhere, all keys as those of one account, and tells the events among them. A function of
 * the table alone: the order of its series orders the answer, and changes no number.
 */
export function scoreCounts(
  table: CountTable,
  { sensitivity, onProgress = () => {} }: ScoreCountsOptions,
): CountScores {
  const scored = scoredCounts(table, onProgress)
  const { standings } = scored
  return {
    scores: scored.rows(sensitivity),
    events: scored.events(sensitivity),
    series: { calls: tallyOf(standings, 'calls'), errors: tallyOf(standings, 'errors') },
    silentKeys: table.series.filter(({ calls }) => calls.at.length === 0).length,
  }
}

/** Scores counts, and leaves open what is told of them. */
export function scoredCounts(
  table: CountTable,
  onProgress: (progress: ScoreProgress) => void = () => {},
): ScoredCounts {
  const grids = gridHistories(table).map((history) => ({
    ...scoreGrid(history, table, onProgress),
    ...{ grid: history.grid, share: history.share },
  }))
  const all = grids
    .flatMap(({ owned, grid, share }) => owned.map((scores) => ({ ...scores, grid, share })))
    .sort(byPlace)
  const told = <Told>(
    tell: (owned: OwnedScores, rules: EventRules) => readonly Told[],
    sensitivity: Sensitivity,
  ): readonly Told[] =>
    all.flatMap((each) => {
      // Surprise is told among the keys of a grid, so a grid gets the part of the budget that it has of the keys.
      const alarmBudget = sensitivity.alarmBudget * each.share
      const rules = { grid: each.grid, sensitivity: { ...sensitivity, alarmBudget } }
      return tell(each, { ...rules, endMs: table.endMs })
    })
  return {
    rows: (sensitivity) => told(scoreRows, sensitivity),
    events: (sensitivity) => told(countEvents, sensitivity),
    standings: grids.flatMap(({ standings }) => standings),
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
