import type { KeptBaseline } from '../baseline/baseline.ts'
import { dayOf, type Grid } from '../series/grid.ts'
import type { AccountHistory, SeriesHistory } from '../series/history.ts'
import { Scratch } from '../series/scratch.ts'
import { planDay, type ScoredDay } from './day-plan.ts'
import { type Learner, learner, recallingLearner } from './learned.ts'
import { totalsOf } from './scan-total.ts'
import type { Keep, Score } from './score.ts'
import { type SeriesExpectation, type SeriesStanding, scoreDay } from './score-day.ts'
import { bySeries, type DaySpan, subjectsOf } from './subject.ts'

/** Everything that scoring an account's days brings. */
export interface AccountScores {
  /** By the window they end with, then key, then metric. */
  readonly scores: readonly Score[]
  readonly days: readonly ScoredDay[]
  /** One per dense series and day, in the same order. */
  readonly expectations: readonly SeriesExpectation[]
  /** On the last day scored, of every series seen by then. */
  readonly standings: readonly SeriesStanding[]
}

/** What scoring one of an account's days brings. */
export interface DayScores extends Pick<AccountScores, 'scores' | 'expectations' | 'standings'> {
  readonly scored: ScoredDay
}

/** Days that can be scored, ascending, and how each is: as `scoreAccount` does, in whatever order and however few of them. */
export interface DaysToScore {
  readonly days: readonly number[]
  /** Keeps nothing of what it answers. */
  readonly score: (day: number) => DayScores
}

/** Baselines by key of their series, each of a day whose lesson is still the one it was learned from: days before it, and what of them teaches. */
export type KnownBaselines = ReadonlyMap<string, KeptBaseline>

/** How days are scored. */
export interface HowToScore {
  /** Which scores are worth keeping; `account` unless said otherwise. */
  readonly keep?: Keep
  /** What need not be learned again: it saves time, and changes no result. */
  readonly known?: KnownBaselines
}

/** Lays an account's days out, to be scored one by one. */
export function daysToScore(
  history: AccountHistory,
  span: DaySpan,
  grid: Grid,
  { keep = 'account', known = new Map() }: HowToScore = {},
): DaysToScore {
  const fromDay = Math.max(span.fromDay, dayOf(history.firstWindow, grid))
  const days = Array.from({ length: Math.max(0, span.untilDay - fromDay) }, (_, at) => fromDay + at)
  const subjects = subjectsOf(history.series, span, grid)
  const totals = totalsOf(subjects, span, grid)
  const learn = learnerOf(history.series, known, grid)
  const place = { grid, learn, scratch: new Scratch() }
  const score = (day: number): DayScores => {
    const plan = planDay({ subjects, totals }, day, {
      ...{ bornWindow: history.firstWindow, keep, grid },
    })
    const withStandings = day === span.untilDay - 1
    const { scores, expectations, standings } = scoreDay(plan, { ...place, withStandings })
    return {
      scored: { day, denseKeys: plan.denseKeys, laws: plan.laws },
      ...{ scores: [...scores].sort(inOrder), expectations, standings },
    }
  }
  return { days, score }
}

/** Totals of errors are no series of the account: theirs are never known. */
function learnerOf(series: readonly SeriesHistory[], known: KnownBaselines, grid: Grid): Learner {
  const ofSeries = new Map<SeriesHistory, KeptBaseline>()
  for (const each of series) {
    const baseline = known.get(each.key)
    if (baseline?.windowMinutes === grid.windowMinutes) ofSeries.set(each, baseline)
  }
  return recallingLearner(learner(grid), ofSeries)
}

/**
 * Scores an account's days in order, dense series against their own baselines, sparse ones against
 * the account's law of bursts. A day's scores depend on that day and the `LOOKBACK_DAYS` before it,
 * and on when each series and the account were first seen: however a history is cut into runs and
 * its series are ordered, they are the same to the last bit. Days before the account's first are
 * left out. `keep` says which scores are worth keeping.
 */
export function scoreAccount(
  history: AccountHistory,
  span: DaySpan,
  grid: Grid,
  keep: Keep = 'account',
): AccountScores {
  const { days, score } = daysToScore(history, span, grid, { keep })
  const results = days.map(score)
  return {
    scores: results.flatMap(({ scores }) => scores),
    days: results.map(({ scored }) => scored),
    expectations: results.flatMap(({ expectations }) => expectations),
    standings: results.at(-1)?.standings ?? [],
  }
}

/** Orders scores by the window they end with, then key, then metric; of one end the most surprising comes first. */
export function inOrder(one: Score, other: Score): number {
  return (
    one.untilWindow - other.untilWindow || bySeries(one, other) || other.surprise - one.surprise
  )
}
