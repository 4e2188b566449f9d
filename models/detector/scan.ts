import { bandOf } from '../baseline/expect.ts'
import { windowsPerDay, windowsPerHour } from '../series/grid.ts'
import { stepOf } from '../series/scales.ts'
import { amongChanges, type Change, changeShare } from './changes.ts'
import {
  type DenseDay,
  type DensePlan,
  degreesOf,
  penaltyOf,
  planOf,
  testsPerWeek,
} from './dense-day.ts'
import type { Judged } from './judge.ts'
import { LAW } from './law.ts'
import { scanLevel } from './scan-level.ts'
import { familyOf, type Score } from './score.ts'
import { search } from './search.ts'
import { hotStretch, meanUntilSilence, plainCount, scaleOf } from './trail.ts'

/**
 * Scores every complete window of a dense series' day against its own baseline, on both sides and
 * in every length that ends with it; longer ones reach into the day before. Of each window the most
 * surprising length and side is kept, if it could matter at the loosest sensitivity.
 */
export function scanDense(input: DenseDay): readonly Score[] {
  input.scratch.renew()
  const plan = planOf(input)
  const best: (Judged | undefined)[] = new Array(windowsPerDay(input.grid))
  const sides: readonly ('up' | 'down')[] = input.proof === null ? ['up'] : ['up', 'down']
  const { dispersion } = input.baseline
  for (let scaleAt = 0; scaleAt < dispersion.length; scaleAt++) {
    for (const direction of sides) {
      for (const found of search(plan, { scaleAt, direction }, endsOf(plan, scaleAt))) {
        const judged = withChanges(found, plan)
        const at = judged.look.end - windowsPerDay(input.grid) - 1
        if (judged.surprise > (best[at]?.surprise ?? Number.NEGATIVE_INFINITY)) best[at] = judged
      }
    }
  }
  const judged = best.filter((each) => each !== undefined).map((each) => scoreOf(plan, each))
  return [...judged, ...scanLevel(plan)]
}

/** The trail indices at which the day's complete windows end; none reaches before the first call. */
export function endsOf(
  { season, series, grid }: DensePlan,
  scaleAt: number,
): { readonly firstEnd: number; readonly untilEnd: number } {
  const { windows } = scaleOf(season, { end: 0, scaleAt })
  const perDay = windowsPerDay(grid)
  return {
    firstEnd: Math.max(perDay + 1, series.firstWindow - season.origin + windows),
    untilEnd: Math.min(2 * perDay, series.untilWindow - season.origin) + 1,
  }
}

/** A level that changes for good is no chance: no window is rarer than that. */
function withChanges(judged: Judged, { changes }: DensePlan): Judged {
  const { surprise } = judged
  const share = changeShare(changeOf(judged))
  return { ...judged, surprise: amongChanges(surprise, changes * share) }
}

/** What a change for good would have to do: one that stops a series does so after its last call. */
function changeOf({ look, direction, count, law, trail }: Judged): Change {
  return { direction, count, mean: direction === 'up' ? law.mean : meanUntilSilence(trail, look) }
}

function scoreOf(plan: DensePlan, judged: Judged): Score {
  const { series, season, grid } = plan
  const { look, direction, law, trail, surprise } = judged
  const { windows } = scaleOf(trail, look)
  const hot = hotStretch(trail, look, direction)
  const untilWindow = season.origin + look.end
  const fromWindow = untilWindow - windows
  const { expected, low, high } = bandOf(law)
  return {
    key: series.key,
    metric: series.metric,
    family: familyOf(series.pool, true),
    direction,
    fromWindow,
    untilWindow,
    standsUntil: untilWindow + stepOf(windows, grid) - 1,
    unconfirmed: false,
    hotFromWindow: season.origin + hot.from,
    hotUntilWindow: season.origin + hot.until,
    count: plainCount(season, look),
    expected,
    hourly: (law.mean / windows) * windowsPerHour(grid),
    low,
    high,
    surprise,
    peers: plan.denseCount,
    firstSeen: fromWindow <= series.firstWindow && series.firstWindow < untilWindow,
    terms: termsOf(plan, judged),
  }
}

function termsOf(plan: DensePlan, judged: Judged): Score['terms'] {
  const { look, direction, count, law, logTail, trail, bound } = judged
  const scale = scaleOf(trail, look)
  const { windows, phi, alpha } = scale
  const tail = direction === 'up' ? scale.rise : scale.fall
  return {
    law: trail.test === 'season' ? LAW.own : LAW.share,
    windows,
    countJudged: count,
    mean: law.mean,
    phi,
    alpha,
    variance: law.variance,
    logTail,
    tailFrom: tail.from,
    tailScale: tail.scale,
    degrees: degreesOf(plan, windows),
    testsPerWeek: testsPerWeek(windows, plan.grid),
    looks: plan.looks,
    denseSeries: plan.denseCount,
    penalty: penaltyOf(plan, windows),
    changesPerWeek: plan.changes,
    changeShare: changeShare(changeOf(judged)),
    observedDays: plan.baseline.observedDays,
    ...(bound === null ? {} : { boundBy: bound.name, ...bound.terms }),
  }
}
