import { type CountLaw, countQuantile } from '../distribution/count-tails.ts'
import { invariant } from '../invariant.ts'
import { type WindowSpan, windowsPerDay } from '../series/grid.ts'
import { type KeptBaseline, lawOf, type ScaleDispersion, withoutTails } from './baseline.ts'
import { hoursOfDay } from './hour-slots.ts'

/** What a baseline expects of its day: enough to draw it, without what it was learned from. */
export interface DayExpectation {
  /** UTC day number. */
  readonly day: number
  readonly windowMinutes: number
  /** Expected count per hour of the day, 24 numbers. */
  readonly hourly: readonly number[]
  /** Factor of each grid window inside its hour, mean 1. */
  readonly withinHour: readonly number[]
  readonly dispersion: readonly ScaleDispersion[]
}

/** A count expected, with the edges that 1 % of windows lie below and 1 % above. */
export interface Band {
  readonly expected: number
  readonly low: number
  readonly high: number
}

/** The expectation of a baseline's own day, to be stored with it. */
export function dayExpectation(baseline: KeptBaseline): DayExpectation {
  const { day, windowMinutes, hourOfWeek, withinHour } = baseline
  const dispersion = baseline.dispersion.map(withoutTails)
  return { day, windowMinutes, hourly: hoursOfDay(hourOfWeek, day), withinHour, dispersion }
}

/**
 * The mean and the variance expected of the count in `[from, until)`, grid windows of the
 * expectation's day.
 * @throws Error where the span is empty or leaves the day.
 * @example
 * expectCount({ day: 0, windowMinutes: 30, hourly: Array(24).fill(4), withinHour: [1, 1], dispersion: [{ windows: 1, phi: 2, alpha: 0 }] }, { from: 3, until: 4 }) // => { mean: 2, variance: 4 }
 */
export function expectCount(expectation: DayExpectation, { from, until }: WindowSpan): CountLaw {
  const perDay = windowsPerDay(expectation)
  const midnight = expectation.day * perDay
  invariant(
    from >= midnight && from < until && until <= midnight + perDay,
    `windows ${from} to ${until} are not a span of day ${expectation.day}`,
  )
  let mean = 0
  for (let window = from; window < until; window++)
    mean += windowMean(expectation, window - midnight)
  return lawOf(nearestScale(expectation.dispersion, until - from), mean)
}

/** The expected count of a span of the day with its 1 % and 99 % edges: what is drawn as normal. */
export function band(expectation: DayExpectation, span: WindowSpan): Band {
  return bandOf(expectCount(expectation, span))
}

/**
 * The band of a law of counts.
 * @example
 * bandOf({ mean: 3, variance: 3 }) // => { expected: 3, low: 0, high: 8 }
 */
export function bandOf(law: CountLaw): Band {
  return { expected: law.mean, low: countQuantile(0.01, law), high: countQuantile(0.99, law) }
}

/** The expected count of each grid window of a day, in order; written into an array of that length where one is given. */
export function expectWindows(
  expectation: Omit<DayExpectation, 'dispersion'>,
  means: Float64Array = new Float64Array(windowsPerDay(expectation)),
): Float64Array {
  const { hourly, withinHour } = expectation
  const perHour = withinHour.length
  for (let hour = 0, at = 0; at < means.length; hour++) {
    const each = (hourly[hour] as number) / perHour
    for (let slot = 0; slot < perHour; slot++, at++) {
      means[at] = each * (withinHour[slot] as number)
    }
  }
  return means
}

function windowMean(
  { hourly, withinHour }: Pick<DayExpectation, 'hourly' | 'withinHour'>,
  at: number,
): number {
  const perHour = withinHour.length
  const hour = hourly[Math.floor(at / perHour)] as number
  return (hour / perHour) * (withinHour[at % perHour] as number)
}

/** The dispersion of the window length nearest in ratio; of two as near, the shorter. */
function nearestScale(dispersion: readonly ScaleDispersion[], windows: number): ScaleDispersion {
  const distance = (scale: ScaleDispersion): number => Math.abs(Math.log(scale.windows / windows))
  return dispersion.reduce((best, scale) => (distance(scale) < distance(best) ? scale : best))
}
