import { FAMILIES, type Score, type SensitivityOverride } from '../../../models/index.ts'
import type { Deciding, Replay, ReplaySeries, ScoreColumn } from '../api/answers.ts'

/** A series with its scores as the models read them. */
export interface HistorySeries extends Omit<ReplaySeries, 'scores' | 'override'> {
  readonly override: SensitivityOverride | null
  readonly scores: readonly Score[]
}

/** What is decided anew: every score that was kept. */
export interface History {
  readonly settings: Deciding
  readonly accounts: readonly string[]
  /** First windows of the accounts, ascending: how many were known when. */
  readonly firstWindows: readonly number[]
  readonly accountWeeks: number
  readonly labels: readonly {
    readonly key: string
    readonly kind: string
    readonly startMs: number
  }[]
  readonly series: readonly HistorySeries[]
}

/** The history in the server's answer. */
export function historyOf({ settings, accounts, accountWeeks, labels, series }: Replay): History {
  const firstWindows = accounts.map(({ firstMinute }) => firstMinute / settings.windowMinutes)
  return {
    ...{ settings, accountWeeks },
    accounts: accounts.map(({ account }) => account),
    firstWindows: firstWindows.sort((a, b) => a - b),
    labels: labels.map(({ key, kind, startTime }) => ({
      key,
      kind,
      startMs: Date.parse(startTime),
    })),
    series: series.map((each) => ({ ...each, scores: scoresOf(each) })),
  }
}

/** Rows of the columns. What nothing is decided by stands at nothing. */
function scoresOf({ key, pool, direction, scores }: ReplaySeries): readonly Score[] {
  const at = (column: ScoreColumn, place: number): number => scores[column][place] ?? 0
  return scores.untilWindow.map((untilWindow, place) => ({
    ...{ key, metric: pool === 'errors' ? 'errors' : 'calls', direction },
    family: FAMILIES[at('family', place)] ?? 'dense-calls',
    ...{ fromWindow: at('fromWindow', place), untilWindow },
    standsUntil: at('standsUntil', place),
    unconfirmed: at('unconfirmed', place) === 1,
    hotFromWindow: at('fromWindow', place),
    hotUntilWindow: at('hotUntilWindow', place),
    ...{ count: at('count', place), expected: at('expected', place), hourly: at('hourly', place) },
    ...{ low: at('low', place), high: 0, surprise: at('surprise', place) },
    ...{ peers: 1, firstSeen: false, terms: {} },
  }))
}
