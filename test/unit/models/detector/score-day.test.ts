import { describe, expect, it } from 'vitest'
import { planDay } from '../../../../models/detector/day-plan.ts'
import { type Learner, rememberingLearner } from '../../../../models/detector/learned.ts'
import { totalsOf } from '../../../../models/detector/scan-total.ts'
import { scoreDay } from '../../../../models/detector/score-day.ts'
import { subjectsOf } from '../../../../models/detector/subject.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'
import { mixedSeries } from '../../../support/mixed-account.ts'

const grid = { windowMinutes: 5 }
const day = 40
const span = { fromDay: day, untilDay: day + 1 }

/** A mixed account in which an API is called for the first time, 80 times at once. */
const series = [
  ...mixedSeries(day + 1, 5),
  seriesOf(countsAt([day * 288 + 100, 80]), { key: 'fresh', untilWindow: (day + 1) * 288 }),
]

function planOf() {
  const subjects = subjectsOf(series, span, grid)
  const totals = totalsOf(subjects, span, grid)
  return planDay({ subjects, totals }, day, { bornWindow: 0, keep: 'account', grid })
}

/** Keeps the keys of what it learns. */
function watchedLearner() {
  const learned: string[] = []
  const learn = rememberingLearner(grid)
  const watched: Learner = (each, at) => {
    learned.push(`${each.metric} ${each.key}`)
    return learn(each, at)
  }
  return { learned, learn: watched }
}

describe('scoreDay', () => {
  it('tells of each series seen how it stands, and of the dense ones what is expected', () => {
    const plan = planOf()
    const { standings, expectations } = scoreDay(plan, {
      ...{ grid, scratch: new Scratch(), learn: rememberingLearner(grid), withStandings: true },
    })
    expect(standings.map(({ key, metric }) => [key, metric])).toEqual(
      plan.seen.map((each) => [each.series.key, each.series.metric]),
    )
    expect(standings.find(({ key }) => key === 'fresh')?.standing).toMatchObject({
      ...{ kind: 'learning', seenDays: 0 },
    })
    const denseCount = plan.denseKeys.calls.length + plan.denseKeys.errors.length
    expect(expectations).toHaveLength(denseCount)
  })

  it.each(['series-0', 'series-3', 'fresh'])('scores %s alone as among all', (key) => {
    const learn = rememberingLearner(grid)
    const isAsked = (each: { key: string; of: string | null }) =>
      each.key === key || each.of === key
    const whole = scoreDay(planOf(), { grid, scratch: new Scratch(), learn, withStandings: true })
    const alone = scoreDay(planOf(), {
      grid,
      scratch: new Scratch(),
      learn,
      withStandings: true,
      isAsked,
    })
    const names = new Set(series.filter(isAsked).map((each) => each.key))
    expect(alone.standings.length).toBeGreaterThan(0)
    expect(alone.scores).toEqual(whole.scores.filter((score) => names.has(score.key)))
  })

  it('learns nothing for a sparse series, and all dense ones for a dense one', () => {
    const sparse = watchedLearner()
    const isFresh = (each: { key: string }) => each.key === 'fresh'
    const { scores } = scoreDay(planOf(), {
      ...{ grid, scratch: new Scratch(), learn: sparse.learn },
      withStandings: false,
      isAsked: isFresh,
    })
    expect([scores.length > 0, sparse.learned]).toEqual([true, []])
    const dense = watchedLearner()
    const isBusy = (each: { key: string }) => each.key === 'series-1'
    scoreDay(planOf(), {
      grid,
      scratch: new Scratch(),
      learn: dense.learn,
      withStandings: false,
      isAsked: isBusy,
    })
    expect(dense.learned).toEqual(expect.arrayContaining(['calls series-0', 'calls series-1']))
  })
})
