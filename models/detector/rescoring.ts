import type { Grid } from '../series/grid.ts'
import type { AccountHistory, SeriesHistory } from '../series/history.ts'
import { Scratch } from '../series/scratch.ts'
import { type DayPlan, planDay } from './day-plan.ts'
import { type Learner, rememberingLearner } from './learned.ts'
import { type TotalsOf, totalsOf } from './scan-total.ts'
import type { Score } from './score.ts'
import { inOrder } from './score-account.ts'
import { scoreDay } from './score-day.ts'
import { bySeries, type DaySpan, isSeen, type Subject, subjectsOf } from './subject.ts'

/**
 * Puts series with other counts in the place of those of the same key and metric (or beside them, where there are none), and
 * scores them on a day of the span. Before `fromDay` they must count as they did.
 */
export type Rescoring = (
  changed: readonly SeriesHistory[],
  fromDay: number,
) => (day: number) => readonly Score[]

/**
 * Scores single series of an account with other counts than they had, to the last bit as `scoreAccount` would score the whole
 * account: every law that they are judged by or share is made anew where they are part of it. What nothing changed is learned
 * once, so that many changes can be tried. The history reaches back as far as for `scoreAccount`, from `span.fromDay`.
 */
export function rescoring(history: AccountHistory, span: DaySpan, grid: Grid): Rescoring {
  const all = subjectsOf(history.series, span, grid)
  const context = { bornWindow: history.firstWindow, keep: 'account', grid } as const
  const planOf = plansOf(all, totalsOf(all, span, grid), context)
  const learn = rememberingLearner(grid)
  const scratch = new Scratch()
  const before = history.series.map(byName)
  return (changed, fromDay) => {
    const subjects = subjectsOf(changed, span, grid)
    const earlier = new Map([...changed.map(byName), ...before])
    const names = new Set(changed.map(nameOf))
    const isAsked = (series: SeriesHistory) => names.has(nameOf(series))
    const merged = [...all.filter(({ series }) => !isAsked(series)), ...subjects]
    merged.sort((one, other) => bySeries(one.series, other.series))
    const apis = new Set(changed.flatMap(({ of }) => of ?? []))
    const isOwn = ({ of }: SeriesHistory) => of !== null && apis.has(of)
    const own = totalsOf(
      merged.filter(({ series }) => isOwn(series)),
      span,
      grid,
    )
    const totals: TotalsOf = (day) => [
      ...planOf(day).totals.filter(({ series }) => !isOwn(series)),
      ...own(day),
    ]
    return (day) => {
      const isFirst = day <= fromDay
      // What a day is judged by lies before it, where nothing changed yet.
      const learnAs: Learner = (series, at) =>
        learn(
          isFirst && isAsked(series) ? (earlier.get(nameOf(series)) as SeriesHistory) : series,
          at,
        )
      const known = isFirst ? withOthers(planOf(day), subjects) : null
      const plan = known
        ? { ...known, totals: totals(day) }
        : planDay({ subjects: merged, totals }, day, context)
      const scoring = { grid, learn: learnAs, scratch, withStandings: false, isAsked }
      return [...scoreDay(plan, scoring).scores].sort(inOrder)
    }
  }
}

const byName = (series: SeriesHistory) => [nameOf(series), series] as const
const nameOf = ({ key, metric }: SeriesHistory): string => `${metric} ${key}`

/** The plans of an account's days, each made when first asked for. */
function plansOf(
  subjects: readonly Subject[],
  totals: TotalsOf,
  context: Parameters<typeof planDay>[2],
): (day: number) => DayPlan {
  const plans = new Map<number, DayPlan>()
  return (day) => {
    const plan = plans.get(day) ?? planDay({ subjects, totals }, day, context)
    plans.set(day, plan)
    return plan
  }
}

/** The plan of the first day that changed: the same laws, where the series take part in it as they did; null where they do not. */
function withOthers(plan: DayPlan, subjects: readonly Subject[]): DayPlan | null {
  const places = new Map(plan.seen.map(({ series }, place) => [nameOf(series), place]))
  const seen = [...plan.seen]
  for (const subject of subjects) {
    const place = places.get(nameOf(subject.series))
    const known = place === undefined ? undefined : seen[place]
    if (place === undefined || known === undefined) {
      if (isSeen(subject, plan.day)) return null
    } else if (known.firstDay !== subject.firstDay || !isSeen(subject, plan.day)) return null
    else seen[place] = { ...known, ...subject }
  }
  return { ...plan, seen }
}
