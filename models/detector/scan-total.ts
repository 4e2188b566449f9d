import { type Activity, activityOf, isDense } from '../baseline/class.ts'
import { countIn } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, LOOKBACK_DAYS, windowsPerDay } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { taughtCounts } from '../series/taught.ts'
import { type ErrorTotal, errorTotal } from '../series/total.ts'
import type { DenseDay } from './dense-day.ts'
import { scanDense } from './scan.ts'
import type { Score } from './score.ts'
import { type DaySpan, isSeen, type Subject } from './subject.ts'

/** The errors of one API, ready for its days. */
interface TotalSubject extends ErrorTotal {
  readonly activity: Activity
}

/**
 * Finds on a day the APIs that fail in more than one way and have a baseline over all their codes:
 * many small rises may be one large one. Codes unknown on that day take no part.
 */
export type TotalsOf = (day: number) => readonly ErrorTotal[]

/** The error totals of an account's series, which come in order. */
export function totalsOf(
  subjects: readonly Subject[],
  { fromDay, untilDay }: DaySpan,
  grid: Grid,
): TotalsOf {
  const days = { fromDay: fromDay - LOOKBACK_DAYS, untilDay }
  const known = new Map<string, TotalSubject>()
  const groups = groupsOf(subjects)
  return (day) =>
    groups
      .map((codes) => codes.filter((subject) => isSeen(subject, day)))
      .filter((codes) => codes.length > 1)
      .map((codes) => {
        const parts = codes.map(({ series }) => series)
        const key = JSON.stringify(parts.map((part) => part.key))
        const total = known.get(key) ?? subjectOf(errorTotal(parts), days, grid)
        known.set(key, total)
        return total
      })
      .filter(({ activity }) => isDense(activity, day))
}

function groupsOf(subjects: readonly Subject[]): readonly (readonly Subject[])[] {
  const groups = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const { of } = subject.series
    if (of === null) continue
    const group = groups.get(of)
    if (group === undefined) groups.set(of, [subject])
    else group.push(subject)
  }
  return [...groups.values()]
}

function subjectOf(total: ErrorTotal, days: DaySpan, grid: Grid): TotalSubject {
  return { activity: activityOf(taughtCounts(total.series), days, grid), ...total }
}

/**
 * Scores the errors of an API over all its codes on a day. What is found is told of the code with the
 * largest excess over its part of what was expected, so that one episode names one code.
 */
export function scanTotal(
  { series, parts }: ErrorTotal,
  {
    baseline,
    grid,
    denseCount,
    keep,
    bursts,
    scratch,
  }: Omit<DenseDay, 'series' | 'changes' | 'proof'>,
): readonly Score[] {
  const { day } = baseline
  const known = { from: (day - LEARN_DAYS) * windowsPerDay(grid), until: day * windowsPerDay(grid) }
  const calls = countIn(taughtCounts(series), known)
  const shares = parts.map((part) => countIn(taughtCounts(part), known) / calls)
  return scanDense({
    ...{ series, baseline, grid, denseCount, keep, bursts },
    ...{ changes: 0, proof: null, scratch },
  }).map((score) => {
    const span = { from: score.fromWindow, until: score.untilWindow }
    const excesses = parts.map(
      ({ counts }, at) => countIn(counts, span) - (shares[at] as number) * score.expected,
    )
    const most = parts[excesses.indexOf(Math.max(...excesses))] as SeriesHistory
    return { ...score, key: most.key, terms: { ...score.terms, codesTogether: parts.length } }
  })
}
