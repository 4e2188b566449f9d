import { runningSums, spanSums } from '../series/counts.ts'
import { stepOf } from '../series/scales.ts'
import type { Scratch } from '../series/scratch.ts'
import type { Dispersion, ScaleFit } from './baseline.ts'
import { capOutliers, spanCount } from './cap.ts'
import { fitDispersion, oneEach, SPAN_PRIOR, WINDOW_PRIOR } from './dispersion.ts'
import type { HourFit } from './hour-fit.ts'
import {
  firstSlot,
  nextSlot,
  type WindowCells,
  type Windows,
  windowCount,
} from './lesson-windows.ts'
import { shrink } from './shrink.ts'
import { fallTail, LateScale, type Past, riseTail } from './tails.ts'
import { cellsOf } from './window-cells.ts'

/** The windows of a lesson, and the fit of their hours. */
export interface WindowLesson extends Windows {
  /** Of each hour: the younger, the more. */
  readonly weights: Float64Array
  /** 1 for each window that teaches nothing, and has neither count nor exposure; null: all teach. */
  readonly skipped: Float64Array | null
  readonly hourFit: Pick<HourFit, 'leftOut' | 'dispersion'>
}

/** What the grid windows add to their hours. */
export interface WindowFit {
  /** Factor of each window inside its hour, mean 1; to be read before anything else is learned in the same scratch. */
  readonly withinHour: Float64Array
  readonly dispersion: readonly ScaleFit[]
}

/**
 * The dispersion of every window length judged, on leave-one-out expectations, and, where there are
 * calls enough to see it (`shaped`), the shape of the hour. Tails that are first asked for after the
 * scratch was renewed throw.
 */
export function fitWindows(
  lesson: WindowLesson,
  { scales, shaped }: { readonly scales: readonly number[]; readonly shaped: boolean },
  scratch: Scratch,
): WindowFit {
  const { windowsPerHour, hourFit } = lesson
  const cells = cellsOf(lesson, shaped, scratch)
  const flat = scratch.lend(windowsPerHour).fill(1)
  const work = { lesson, cells, scratch }
  const first = fitSingles(work, flat, hourFit.dispersion)
  const withinHour = shaped ? hourShape(work, first) : flat
  const singles = shaped ? fitSingles(work, withinHour, first.dispersion) : again(work, first)
  const { dispersion, means } = singles
  const { counts, times, windows } = cells
  const past = { counts, means, times, windows, dispersion, taughtWindows: taughtOf(lesson) }
  return {
    withinHour,
    dispersion: [scaleOf(1, past, scratch), ...spans(work, { withinHour, singles }, scales)],
  }
}

/** What a lesson's windows are fitted in. */
interface Work {
  readonly lesson: WindowLesson
  readonly cells: WindowCells
  readonly scratch: Scratch
}

function scaleOf(windows: number, past: Past, scratch: Scratch): ScaleFit {
  const loan = scratch.renewed
  const whileLent =
    <T>(make: (past: Past) => T): (() => T) =>
    () => {
      scratch.check(loan)
      return make(past)
    }
  return new LateScale(
    { windows, phi: past.dispersion.phi, alpha: past.dispersion.alpha },
    { rise: whileLent(riseTail), fall: whileLent(fallTail) },
  )
}

function taughtOf(lesson: WindowLesson): number {
  return windowCount(lesson) - (lesson.skipped?.reduce((sum, mark) => sum + mark, 0) ?? 0)
}

interface Singles {
  readonly means: Float64Array
  readonly capped: Float64Array
  readonly dispersion: Dispersion
}

function fitSingles(
  { lesson, cells, scratch }: Work,
  withinHour: Float64Array,
  guess: Dispersion,
): Singles {
  const { windowsPerHour, hourFit } = lesson
  const { exposure, hourEnds, slotAt, times, windows } = cells
  const means = scratch.lend(exposure.length)
  for (let hour = 0, at = 0, first = firstSlot(lesson); hour < hourEnds.length; hour++) {
    const rate = hourFit.leftOut[hour] as number
    for (const end = hourEnds[hour] as number; at < end; at++) {
      const factor = withinHour[((slotAt[at] as number) - first) | 0] as number
      means[at] = rate * (exposure[at] as number) * factor
    }
    first = nextSlot(first, windowsPerHour)
  }
  const capped = capOutliers(scratch.copy(cells.counts), means, guess, cells)
  const dispersion = fitDispersion({ counts: capped, means, times, windows }, WINDOW_PRIOR)
  return { means, capped, dispersion }
}

/** The same fit with its own dispersion to cap by: the same altogether, where that caps alike. */
function again({ cells, scratch }: Work, singles: Singles): Singles {
  const { means, dispersion: guess } = singles
  const { times, windows } = cells
  const capped = capOutliers(scratch.copy(cells.counts), means, guess, cells)
  if (isSame(capped, singles.capped)) return singles
  const dispersion = fitDispersion({ counts: capped, means, times, windows }, WINDOW_PRIOR)
  return { means, capped, dispersion }
}

function isSame(values: Float64Array, others: Float64Array): boolean {
  for (let at = 0; at < values.length; at++) if (values[at] !== others[at]) return false
  return true
}

/** Shrunken factors of the windows of an hour, scaled so that the hour keeps its sum. */
function hourShape(
  { lesson, cells, scratch }: Work,
  { means, capped, dispersion: { phi, alpha } }: Singles,
): Float64Array {
  const { weights, windowsPerHour } = lesson
  const { hourEnds, slotAt } = cells
  const exposures = new Float64Array(windowsPerHour)
  const sums = new Float64Array(windowsPerHour)
  const variances = new Float64Array(windowsPerHour)
  for (let hour = 0, at = 0, first = firstSlot(lesson); hour < hourEnds.length; hour++) {
    const weight = weights[hour] as number
    for (const end = hourEnds[hour] as number; at < end; at++) {
      const slot = ((slotAt[at] as number) - first) | 0
      const mean = means[at] as number
      exposures[slot] = (exposures[slot] as number) + weight * mean
      sums[slot] = (sums[slot] as number) + weight * (capped[at] as number)
      variances[slot] = (variances[slot] as number) + weight * weight * mean * (phi + alpha * mean)
    }
    first = nextSlot(first, windowsPerHour)
  }
  // A slot that was always skipped is 0 / 0 here, which shrinking never looks at.
  const slots = {
    means: sums.map((sum, slot) => sum / (exposures[slot] as number)),
    parents: new Float64Array(windowsPerHour).fill(1),
    variances: variances.map((variance, slot) => variance / (exposures[slot] as number) ** 2),
    exposures,
  }
  const factors = shrink(slots, scratch).means
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / windowsPerHour
  return factors.map((factor) => factor / mean)
}

interface Fitted {
  readonly withinHour: Float64Array
  readonly singles: Singles
}

/**
 * The dispersion of longer windows, on the steps they are judged on. They overlap, and a
 * season learned from the same days fits them too well, so only hours steadier than chance make
 * them so.
 */
function spans(work: Work, fitted: Fitted, scales: readonly number[]): readonly ScaleFit[] {
  const { lesson, scratch } = work
  const { skipped, hourFit, windowsPerHour, firstHour } = lesson
  const length = windowCount(lesson)
  const countSums = sumsOfCounts(work, fitted)
  const meanSums = sumsOfMeans(work, fitted)
  const skippedSums = skipped === null ? null : runningSums(skipped, scratch)
  const leastPhi = hourFit.dispersion.phi < 1 ? 0 : 1
  return scales.slice(1).map((windows) => {
    const step = stepOf(windows, { windowMinutes: 60 / windowsPerHour })
    // Steps lie on the clock, as they do in the search, whatever hour the series began in.
    const begin = (step - ((firstHour * windowsPerHour) % step)) % step
    const spanCount = Math.max(0, Math.floor((length - windows - begin) / step) + 1)
    const steps = { begin, step, windows, spanCount }
    const counts = spanSums(countSums, steps, scratch)
    const means = spanSums(meanSums, steps, scratch)
    const { phi, alpha } = fitDispersion(oneEach(counts, means), SPAN_PRIOR)
    const dispersion = { phi: Math.max(phi, leastPhi), alpha }
    const skips = skippedSums === null ? [] : spanSums(skippedSums, steps, scratch)
    const taughtWindows = spanCount - skips.filter((marks) => marks === windows).length
    const past = { counts, means, times: null, windows: spanCount, dispersion, taughtWindows }
    return scaleOf(windows, past, scratch)
  })
}

/** Running sums of the counts as longer windows take them. */
function sumsOfCounts(
  { lesson, cells, scratch }: Work,
  { singles: { means, dispersion } }: Fitted,
): Float64Array {
  const { windowsPerHour } = lesson
  const { counts, hourEnds, slotAt } = cells
  const sums = scratch.lend(windowCount(lesson) + 1)
  let sum = 0
  let known = 0
  for (let hour = 0, at = 0, first = firstSlot(lesson); hour < hourEnds.length; hour++) {
    const shift = hour * windowsPerHour - first
    for (const end = hourEnds[hour] as number; at < end; at++) {
      const count = counts[at] as number
      if (count === 0) continue
      const until = (shift + (slotAt[at] as number)) | 0
      for (; known <= until; known++) sums[known] = sum
      sum += spanCount(count, means[at] as number, dispersion)
    }
    first = nextSlot(first, windowsPerHour)
  }
  for (; known < sums.length; known++) sums[known] = sum
  return sums
}

/** Running sums of what was expected of every window. */
function sumsOfMeans({ lesson, scratch }: Work, { withinHour }: Fitted): Float64Array {
  const { exposure, hourFit, windowsPerHour } = lesson
  const { leftOut } = hourFit
  const part = 1 / windowsPerHour
  const sums = scratch.lend(windowCount(lesson) + 1)
  sums[0] = 0
  let sum = 0
  for (let hour = 0, at = 0; hour < leftOut.length; hour++) {
    const rate = leftOut[hour] as number
    for (let slot = 0; slot < windowsPerHour; slot++, at++) {
      const exposed = exposure === null ? part : (exposure[at] as number)
      sum += rate * exposed * (withinHour[slot] as number)
      sums[at + 1] = sum
    }
  }
  return sums
}
