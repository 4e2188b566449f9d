import { invariant } from '../invariant.ts'
import { hourlyCounts, spread, totalOf } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, windowsPerHour } from '../series/grid.ts'
import type { Counts, SeriesHistory } from '../series/history.ts'
import { scalesOf } from '../series/scales.ts'
import { Scratch, type Workplace } from '../series/scratch.ts'
import { clearSkipped, skipMarks, skippedDays, taughtCounts } from '../series/taught.ts'
import { type Baseline, type LevelHold, type ShareBaseline, withScales } from './baseline.ts'
import { fitHours, type HourFit } from './hour-fit.ts'
import { LateBaseline } from './late-baseline.ts'
import type { Windows } from './lesson-windows.ts'
import { levelHold } from './level-hold.ts'
import { fitWindows, type WindowLesson } from './window-fit.ts'

/** Age, in days, at which an hour weighs half as much. */
const HALF_LIFE_DAYS = 21
/** Calls in 28 days from which the shape inside the hour can be seen. */
const SHAPED_FROM_CALLS = 2000

// Not a power: engines round fractional powers differently from version to version, exp they do not.
/** The weights of the hours of 28 days, the youngest last. */
const WEIGHTS = Float64Array.from({ length: LEARN_DAYS * 24 }, (_, at) =>
  Math.exp((-Math.LN2 / (24 * HALF_LIFE_DAYS)) * (LEARN_DAYS * 24 - 1 - at)),
)

/** The hours of a series that a day is learned from: `[firstHour, untilHour)` since the epoch. */
interface Lesson {
  readonly firstHour: number
  readonly untilHour: number
  readonly observedDays: number
  readonly weights: Float64Array
  /** 1 for each of its windows that teaches nothing; null: all teach. */
  readonly skipped: Float64Array | null
  /** Windows of the first hour that lie before the first call ever: nobody knows whether anything could have come. */
  readonly before: number
  readonly windowsPerHour: number
}

/** What the hours of a series say of a day. */
export interface HoursLearned {
  readonly level: LevelHold
  /**
   * The baseline, with what the windows say. Its tails and the share of the calls are worked out when first asked for, which
   * must be before anything else is learned in the same scratch.
   * @throws Error, on reading one of them, where something else was.
   */
  readonly baseline: () => Baseline
}

/**
 * What is normal for a series on a UTC day, from at most 28 whole days before it: nothing of the
 * day itself takes part. The series has at least one count in those days.
 * @throws Error where it has none, or where errors come without their calls.
 */
export function learnHours(series: SeriesHistory, day: number, context: Workplace): HoursLearned {
  context.scratch.renew()
  const { scratch } = context
  const lesson = lessonOf(series, day, context.grid)
  const counts = hourlyCounts(taughtCounts(series), lesson, scratch)
  const calls = totalOf(counts)
  invariant(calls > 0, `a baseline is learned from counts, ${series.key} has none before ${day}`)
  const { firstHour, weights } = lesson
  const hours = { firstHour, counts, exposure: hoursTaught(lesson, scratch), weights }
  const hourFit = fitHours(hours, { dayOnly: false, scratch })
  const level = levelHold(hourFit.level)
  return {
    level,
    baseline: () => {
      context.scratch.renew()
      const { withinHour, dispersion } = windowsLearned(series, { lesson, hourFit, calls }, context)
      const known = {
        day,
        windowMinutes: context.grid.windowMinutes,
        observedDays: lesson.observedDays,
        calls,
        hourOfWeek: numbersOf(hourFit.rates),
        withinHour,
        dispersion,
        level,
      }
      const loan = scratch.renewed
      return new LateBaseline(known, () => {
        if (series.metric !== 'errors') return null
        scratch.check(loan)
        return shareOf(series, lesson, context)
      })
    },
  }
}

/**
 * The baseline of `learnHours` whole: it may be kept.
 * @throws Error where the series has no counts, or where errors come without their calls.
 */
export function learnBaseline(series: SeriesHistory, day: number, grid: Grid): Baseline {
  return settled(learnHours(series, day, { grid, scratch: new Scratch() }).baseline())
}

/** A baseline with its tails worked out. */
export function settled(baseline: Baseline): Baseline {
  return withScales(baseline, ({ windows, phi, alpha, rise, fall }) => {
    return { windows, phi, alpha, rise, fall }
  })
}

/** The same values in an array that may be kept. */
function numbersOf(values: Float64Array): readonly number[] {
  const numbers: number[] = []
  for (let at = 0; at < values.length; at++) numbers.push(values[at] as number)
  return numbers
}

function windowsLearned(
  series: SeriesHistory,
  { lesson, hourFit, calls }: { lesson: Lesson; hourFit: HourFit; calls: number },
  { grid, scratch }: Workplace,
): Pick<Baseline, 'withinHour' | 'dispersion'> {
  const shaped = calls >= SHAPED_FROM_CALLS && windowsPerHour(grid) > 1
  const { counts, exposure } = windowsOf(series, lesson, scratch)
  const windows = windowLesson(lesson, { counts, exposure, hourFit })
  const fit = fitWindows(windows, { scales: scalesOf(grid), shaped }, scratch)
  return { withinHour: numbersOf(fit.withinHour), dispersion: fit.dispersion }
}

function lessonOf(series: SeriesHistory, day: number, grid: Grid): Lesson {
  const perHour = windowsPerHour(grid)
  const untilHour = day * 24
  const firstHour = Math.max(untilHour - LEARN_DAYS * 24, Math.floor(series.firstWindow / perHour))
  const seenDays = day - Math.floor(firstHour / 24)
  const observedDays = Math.max(1, seenDays - Math.floor(skippedDays(series, day, grid)))
  const windows = { from: firstHour * perHour, until: untilHour * perHour }
  const skipped = skipMarks(series, windows)
  const weights = weightsOf(Math.max(untilHour - firstHour, 0), skipped, perHour)
  const before = Math.max(0, series.firstWindow - windows.from)
  return { firstHour, untilHour, observedDays, weights, skipped, before, windowsPerHour: perHour }
}

/** The weights of so many hours, the last ones learned from; hours that teach nothing have none. */
function weightsOf(hours: number, skipped: Float64Array | null, perHour: number): Float64Array {
  const weights = WEIGHTS.subarray(WEIGHTS.length - hours)
  if (skipped === null) return weights
  return weights.map((weight, at) => {
    const marks = skipped.subarray(at * perHour, (at + 1) * perHour)
    return marks.every((mark) => mark === 1) ? 0 : weight
  })
}

/** The windows a lesson teaches, and what each is counted against. */
function windowsOf(
  series: SeriesHistory,
  { firstHour, untilHour, skipped, windowsPerHour }: Lesson,
  scratch: Scratch,
): Pick<Windows, 'counts' | 'exposure'> {
  const counts = taughtCounts(series)
  if (skipped === null) return { counts, exposure: null }
  const whole = scratch.lend((untilHour - firstHour) * windowsPerHour).fill(1 / windowsPerHour)
  return { counts, exposure: clearSkipped(whole, series, firstHour * windowsPerHour) }
}

function windowLesson(
  { firstHour, untilHour, windowsPerHour, weights, skipped }: Lesson,
  { counts, exposure, hourFit }: Pick<WindowLesson, 'counts' | 'exposure' | 'hourFit'>,
): WindowLesson {
  return {
    ...{ firstHour, untilHour, windowsPerHour, counts, exposure },
    ...{ weights, skipped, hourFit },
  }
}

/** The share of calls that fail, by hour of the day. */
function shareOf(
  series: SeriesHistory,
  lesson: Lesson,
  { grid, scratch }: Workplace,
): ShareBaseline {
  const from = lesson.firstHour * windowsPerHour(grid)
  const until = lesson.untilHour * windowsPerHour(grid)
  const calls = spread(exposureOf(series), { from, until }, scratch)
  const hourly = (of: Counts): Float64Array =>
    hourlyCounts(taughtCounts({ ...series, counts: of }), lesson, scratch)
  const { firstHour, weights } = lesson
  const hours = {
    firstHour,
    counts: hourly(series.counts),
    exposure: hourly(exposureOf(series)),
    weights,
  }
  const hourFit = fitHours(hours, { dayOnly: true, scratch })
  const exposure = clearSkipped(calls, series, from)
  const whole = windowLesson(lesson, { counts: taughtCounts(series), exposure, hourFit })
  const { dispersion } = fitWindows(whole, { scales: scalesOf(grid), shaped: false }, scratch)
  return { hourOfDay: [...hourFit.rates.subarray(0, 24)], dispersion }
}

/** Of each hour, the part that teaches. */
function hoursTaught(
  { firstHour, untilHour, skipped, before, windowsPerHour: perHour }: Lesson,
  scratch: Scratch,
): Float64Array {
  const taught = scratch.lend(untilHour - firstHour).fill(1)
  taught[0] = 1 - before / perHour
  if (skipped === null) return taught
  return taught.map((part, hour) => {
    const from = hour === 0 ? before : hour * perHour
    return part - totalOf(skipped.subarray(from, (hour + 1) * perHour)) / perHour
  })
}

/** The calls that errors are a share of. */
export function exposureOf({ key, exposure }: SeriesHistory): Counts {
  invariant(exposure !== null, `errors come with the calls they are a share of, ${key} does not`)
  return exposure
}
