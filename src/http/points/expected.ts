import { type Band, bandOf, type DayExpectation, expectCount } from '../../../models/index.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { PointsQuestion } from './span.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Calls expected in a point, and the 1 % and 99 % of them; null on days without a baseline. */
export type ExpectedCalls = Band | { readonly [Edge in keyof Band]: null }

const UNKNOWN = { expected: null, low: null, high: null }

/** The expectation for the point that begins at a moment. */
export function expectedIn(
  store: StoreReader,
  row: SeriesRow,
  { fromMs, untilMs, periodMs, errorCode }: PointsQuestion,
): (timeMs: number) => ExpectedCalls {
  const days = [Math.floor(fromMs / DAY_MS), Math.ceil(untilMs / DAY_MS)] as const
  const byDay = new Map(
    store
      .expectations(row.ref, errorCode, ...days)
      .map(({ day, expectation }) => [day, bandsOf(expectation as DayExpectation, periodMs)]),
  )
  return (timeMs) => byDay.get(Math.floor(timeMs / DAY_MS))?.(timeMs) ?? UNKNOWN
}

/** A day's bands by point. Hours without a shape of their own expect the same in each, so a band is made once. */
function bandsOf(kept: DayExpectation, periodMs: number): (timeMs: number) => Band {
  const expectation = noCoarserThan(kept, periodMs / MINUTE_MS)
  const windowMs = expectation.windowMinutes * MINUTE_MS
  const byMean = new Map<number, Band>()
  return (timeMs) => {
    const span = { from: timeMs / windowMs, until: (timeMs + periodMs) / windowMs }
    const law = expectCount(expectation, span)
    const band = byMean.get(law.mean) ?? bandOf(law)
    byMean.set(law.mean, band)
    return band
  }
}

/** The same expectation on a finer grid: calls are spread evenly inside a window, and scatter as windows do. */
function noCoarserThan(expectation: DayExpectation, minutes: number): DayExpectation {
  const parts = expectation.windowMinutes / minutes
  if (parts <= 1) return expectation
  return {
    ...expectation,
    windowMinutes: minutes,
    withinHour: expectation.withinHour.flatMap((factor) => new Array<number>(parts).fill(factor)),
    dispersion: expectation.dispersion.map((scale) => ({
      ...scale,
      windows: scale.windows * parts,
    })),
  }
}
