import { invariant } from '../invariant.ts'
import { spread, sumEvery, totalOf } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { Counts, SeriesHistory } from '../series/history.ts'
import { scalesOf } from '../series/scales.ts'
import { clearSkipped, skipMarks, skippedDays } from '../series/taught.ts'
import type { Baseline, ScaleFit, ShareBaseline } from './baseline.ts'
import { fitHours } from './hour-fit.ts'
import { levelHold } from './level-hold.ts'
import { fitWindows } from './window-fit.ts'

/** Age, in days, at which an hour weighs half as much. */
const HALF_LIFE_DAYS = 21
/** Calls in 28 days from which the shape inside the hour can be seen. */
const SHAPED_FROM_CALLS = 2000

/** The hours of a series that a day is learned from: `[firstHour, untilHour)` since the epoch. */
interface Lesson {
  readonly firstHour: number
  readonly untilHour: number
  readonly observedDays: number
  readonly weights: Float64Array
  /** 1 for each of its windows that teaches nothing; null: all teach. */
  readonly skipped: Float64Array | null
  readonly grid: Grid
}

/**
 * What is normal for a series on a UTC day, from at most 28 whole days before it: nothing of the
 * day itself takes part. The series has at least one count in those days.
 * @throws Error where it has none, or where errors come without their calls.
 */
export function learnBaseline(series: SeriesHistory, day: number, grid: Grid): Baseline {
  const lesson = lessonOf(series, day, grid)
  const windows = {
    from: lesson.firstHour * windowsPerHour(grid),
    until: day * windowsPerDay(grid),
  }
  const counts = clearSkipped(spread(series.counts, windows), series, windows.from)
  const calls = totalOf(counts)
  invariant(calls > 0, `a baseline is learned from counts, ${series.key} has none before ${day}`)
  const shaped = calls >= SHAPED_FROM_CALLS && windowsPerHour(grid) > 1
  const share = series.metric === 'errors' ? shareOf(series, counts, lesson) : null
  const perWindow = new Float64Array(counts.length).fill(1 / windowsPerHour(grid))
  clearSkipped(perWindow, series, windows.from)
  const { hourFit, windowFit } = fitBoth(counts, perWindow, lesson, { dayOnly: false, shaped })
  return {
    day,
    windowMinutes: grid.windowMinutes,
    observedDays: lesson.observedDays,
    calls,
    hourOfWeek: [...hourFit.rates],
    withinHour: [...windowFit.withinHour],
    dispersion: whileYoung(windowFit.dispersion, lesson.observedDays),
    level: levelHold(hourFit.level),
    share,
  }
}

function lessonOf(series: SeriesHistory, day: number, grid: Grid): Lesson {
  const perHour = windowsPerHour(grid)
  const untilHour = day * 24
  const firstHour = Math.max(untilHour - LEARN_DAYS * 24, Math.floor(series.firstWindow / perHour))
  const seenDays = day - Math.floor(firstHour / 24)
  const observedDays = Math.max(1, seenDays - Math.floor(skippedDays(series, day, grid)))
  // Not a power: engines round fractional powers differently from version to version, exp they do not.
  const decay = -Math.LN2 / (24 * HALF_LIFE_DAYS)
  const windows = { from: firstHour * perHour, until: untilHour * perHour }
  const skipped = skipMarks(series, windows)
  const weights = new Float64Array(Math.max(untilHour - firstHour, 0))
  for (let at = 0; at < weights.length; at++) {
    const hour = skipped?.subarray(at * perHour, (at + 1) * perHour)
    if (hour?.every((mark) => mark === 1) ?? false) continue
    weights[at] = Math.exp(decay * (untilHour - 1 - firstHour - at))
  }
  return { firstHour, untilHour, observedDays, weights, skipped, grid }
}

/** The share of calls that fail, by hour of the day. */
function shareOf(series: SeriesHistory, counts: Float64Array, lesson: Lesson): ShareBaseline {
  const calls = exposureOf(series)
  const from = lesson.firstHour * windowsPerHour(lesson.grid)
  const exposure = spread(calls, { from, until: from + counts.length })
  clearSkipped(exposure, series, from)
  const { hourFit, windowFit } = fitBoth(counts, exposure, lesson, { dayOnly: true, shaped: false })
  return {
    hourOfDay: [...hourFit.rates.subarray(0, 24)],
    dispersion: whileYoung(windowFit.dispersion, lesson.observedDays),
  }
}

/** The calls that errors are a share of. */
export function exposureOf({ key, exposure }: SeriesHistory): Counts {
  invariant(exposure !== null, `errors come with the calls they are a share of, ${key} does not`)
  return exposure
}

function fitBoth(
  counts: Float64Array,
  exposure: Float64Array,
  { firstHour, weights, skipped, grid }: Lesson,
  { dayOnly, shaped }: { readonly dayOnly: boolean; readonly shaped: boolean },
): { hourFit: ReturnType<typeof fitHours>; windowFit: ReturnType<typeof fitWindows> } {
  const perHour = windowsPerHour(grid)
  const hours = { firstHour, weights, counts: sumEvery(counts, perHour) }
  const hourFit = fitHours({ ...hours, exposure: sumEvery(exposure, perHour) }, dayOnly)
  const windows = {
    counts,
    exposure,
    weights,
    skipped,
    windowsPerHour: perHour,
    firstHour,
    hourFit,
  }
  return { hourFit, windowFit: fitWindows(windows, scalesOf(grid), shaped) }
}

/** Adds what a young baseline cannot know yet: its level, and weekdays it has not seen. */
function whileYoung(dispersion: readonly ScaleFit[], observedDays: number): readonly ScaleFit[] {
  if (observedDays >= 14) return dispersion
  const unseen = (observedDays < 7 ? 0.5 : 0.05) + 0.5 / observedDays ** 2
  return dispersion.map((scale) => ({
    ...scale,
    phi: Math.max(scale.phi, 1),
    alpha: scale.alpha + unseen,
  }))
}
