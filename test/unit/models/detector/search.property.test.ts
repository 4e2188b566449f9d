import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DensePlan, planOf } from '../../../../models/detector/dense-day.ts'
import { type Judged, judgeFall, judgeRise } from '../../../../models/detector/judge.ts'
import { endsOf } from '../../../../models/detector/scan.ts'
import { LOOSEST } from '../../../../models/detector/score.ts'
import { search } from '../../../../models/detector/search.ts'
import { scaleOf } from '../../../../models/detector/trail.ts'
import { stepOf } from '../../../../models/series/scales.ts'
import { seasonalWindows } from '../../../support/account-history.ts'
import { denseDayOf, errorDayOf } from '../../../support/dense-day.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

/** Every window of a length that ends on its step, judged one by one: what the search must not miss. */
function plainly(plan: DensePlan, scaleAt: number, direction: 'up' | 'down'): readonly Judged[] {
  const judge = direction === 'up' ? judgeRise : judgeFall
  const { firstEnd, untilEnd } = endsOf(plan, scaleAt)
  const step = stepOf(scaleOf(plan.season, { end: firstEnd, scaleAt }).windows, plan.grid)
  return Array.from({ length: untilEnd - firstEnd }, (_, at) => firstEnd + at)
    .filter((end) => end % step === 0)
    .map((end) => judge(plan, { end, scaleAt }))
    .filter((judged) => judged !== undefined && judged.surprise >= LOOSEST) as Judged[]
}

const shape = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  perHour: fc.constantFrom(1, 8, 60, 500),
  alpha: fc.constantFrom(0.001, 0.05, 0.6),
  days: fc.constantFrom(3, 9, 29),
  denseCount: fc.constantFrom(1, 20, 3000),
  /** Makes clock-work of it: steadier than chance. */
  steady: fc.boolean(),
  burst: fc.record({
    at: fc.nat(287),
    length: fc.integer({ min: 1, max: 60 }),
    factor: fc.constantFrom(0, 0.5, 3, 20),
  }),
})

function windowsOf({
  seed,
  perHour,
  alpha,
  days,
  steady,
  burst,
}: typeof shape extends fc.Arbitrary<infer T> ? T : never): Float64Array {
  const random = seededRandom(seed)
  const windows = steady
    ? new Float64Array(days * 288).map(() => Math.ceil(perHour / 12))
    : seasonalWindows(random, { days, perHour, alpha })
  const from = (days - 1) * 288 + burst.at
  return windows.map((count, at) =>
    at >= from && at < from + burst.length ? Math.round(count * burst.factor) : count,
  )
}

describe('search', () => {
  it('finds exactly what judging each window that ends on a step of its length finds', () => {
    fc.assert(
      fc.property(shape, (given) => {
        const windows = windowsOf(given)
        fc.pre(windows.subarray(0, -288).some((count) => count > 0))
        const days = [denseDayOf(windows, { denseCount: given.denseCount })]
        const errors = windows.map((count) => Math.floor(count / 2))
        if (errors.subarray(0, -288).some((count) => count > 0)) {
          days.push(errorDayOf(errors, windows))
        }
        const plans = days.map((day) => planOf(day))
        for (const plan of plans) {
          for (const scaleAt of [0, 1, 2, 3, 4]) {
            for (const direction of ['up', 'down'] as const) {
              expect(search(plan, { scaleAt, direction }, endsOf(plan, scaleAt))).toEqual(
                plainly(plan, scaleAt, direction),
              )
            }
          }
        }
      }),
      { seed: 20_240_229, numRuns: 60 },
    )
  }, 60_000)

  it('judges a length only where its end lies on its step of the clock', () => {
    const windows = new Float64Array(29 * 288).fill(2)
    windows.fill(60, 28 * 288)
    const plan = planOf(denseDayOf(windows))
    const endsFound = [0, 1, 2, 3, 4].map((scaleAt) =>
      search(plan, { scaleAt, direction: 'up' }, { firstEnd: 345, untilEnd: 577 }).map(
        ({ look }) => look.end,
      ),
    )
    const everyEnd = Array.from({ length: 232 }, (_, at) => 345 + at)
    const onStepsOf = (step: number): readonly number[] =>
      everyEnd.filter((end) => end % step === 0)
    expect(endsFound).toEqual([1, 2, 12, 24, 24].map(onStepsOf))
  })

  it('finds nothing in no windows', () => {
    const plan = planOf(denseDayOf(new Float64Array(3 * 288).fill(5)))
    const none = { firstEnd: 400, untilEnd: 300 }
    expect(search(plan, { scaleAt: 0, direction: 'up' }, none)).toEqual([])
  })
})
