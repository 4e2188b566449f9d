import { lowerTail, upperTail } from '../distribution/count-tails.ts'
import { runningSums, spanSums } from '../series/counts.ts'
import { stepOf } from '../series/scales.ts'
import { type Dispersion, lawOf, riseLaw, type ScaleFit } from './baseline.ts'
import { capOutliers, spanCounts } from './cap.ts'
import { fitDispersion, SPAN_PRIOR, WINDOW_PRIOR } from './dispersion.ts'
import type { HourFit } from './hour-fit.ts'
import { shrink } from './shrink.ts'
import { saysNothing, tailScale } from './tail-scale.ts'

/** Counts of grid windows in whole days up to the day learned for, and the fit of their hours. */
export interface Windows {
  readonly counts: Float64Array
  /** Per window: its part of an hour for calls, the calls in it for errors. */
  readonly exposure: Float64Array
  readonly weights: Float64Array
  /** 1 for each window that teaches nothing, and has neither count nor exposure; null: all teach. */
  readonly skipped: Float64Array | null
  readonly windowsPerHour: number
  readonly firstHour: number
  readonly hourFit: HourFit
}

/** Means under this are too small for a fall to show. */
const FALLS_FROM = 10

/** What the grid windows add to their hours. */
export interface WindowFit {
  /** Factor of each window inside its hour, mean 1. */
  readonly withinHour: Float64Array
  readonly dispersion: readonly ScaleFit[]
}

/**
 * The dispersion of every window length judged, on leave-one-out expectations, and, where there are
 * calls enough to see it (`shaped`), the shape of the hour.
 */
export function fitWindows(
  windows: Windows,
  scales: readonly number[],
  shaped: boolean,
): WindowFit {
  const flat = new Float64Array(windows.windowsPerHour).fill(1)
  const first = fitSingles(windows, flat, windows.hourFit.dispersion)
  const withinHour = shaped ? hourShape(windows, first) : flat
  const singles = fitSingles(windows, withinHour, first.dispersion)
  return {
    withinHour,
    dispersion: [
      {
        windows: 1,
        ...singles.dispersion,
        ...tailsOf(windows.counts, singles.means, {
          dispersion: singles.dispersion,
          taughtWindows: taughtOf(windows),
        }),
      },
      ...spans(windows, singles, scales),
    ],
  }
}

function taughtOf({ counts, skipped }: Windows): number {
  return counts.length - (skipped?.reduce((sum, mark) => sum + mark, 0) ?? 0)
}

interface Singles {
  readonly means: Float64Array
  readonly capped: Float64Array
  readonly dispersion: Dispersion
}

function fitSingles(windows: Windows, withinHour: Float64Array, guess: Dispersion): Singles {
  const { counts, exposure, windowsPerHour, hourFit, firstHour } = windows
  const { leftOut } = hourFit
  const means = new Float64Array(counts.length)
  for (let hour = 0, at = 0; at < means.length; hour++) {
    const rate = leftOut[hour] as number
    for (let slot = 0; slot < windowsPerHour; slot++, at++) {
      means[at] = rate * (exposure[at] as number) * (withinHour[slot] as number)
    }
  }
  const slots = 24 * windowsPerHour
  const firstSlot = (firstHour % 24) * windowsPerHour
  const capped = capOutliers(counts, means, guess, { slots, firstSlot })
  return { means, capped, dispersion: fitDispersion(capped, means, WINDOW_PRIOR) }
}

/** Shrunken factors of the windows of an hour, scaled so that the hour keeps its sum. */
function hourShape(
  { weights, windowsPerHour }: Windows,
  { means, capped, dispersion }: Singles,
): Float64Array {
  const exposures = new Float64Array(windowsPerHour)
  const sums = new Float64Array(windowsPerHour)
  const variances = new Float64Array(windowsPerHour)
  for (let at = 0; at < means.length; at++) {
    const slot = at % windowsPerHour
    const mean = means[at] as number
    const weight = weights[Math.floor(at / windowsPerHour)] as number
    exposures[slot] = (exposures[slot] as number) + weight * mean
    sums[slot] = (sums[slot] as number) + weight * (capped[at] as number)
    variances[slot] =
      (variances[slot] as number) +
      weight * weight * mean * (dispersion.phi + dispersion.alpha * mean)
  }
  // A slot that was always skipped is 0 / 0 here, which shrinking never looks at.
  const factors = shrink({
    means: sums.map((sum, slot) => sum / (exposures[slot] as number)),
    parents: new Float64Array(windowsPerHour).fill(1),
    variances: variances.map((variance, slot) => variance / (exposures[slot] as number) ** 2),
    exposures,
  }).means
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / windowsPerHour
  return factors.map((factor) => factor / mean)
}

/**
 * The dispersion of longer windows, on the steps they are judged on. They overlap, and a
 * season learned from the same days fits them too well, so only hours steadier than chance make
 * them so.
 */
function spans(
  { counts, skipped, hourFit, windowsPerHour, firstHour }: Windows,
  { means, dispersion }: Singles,
  scales: readonly number[],
): readonly ScaleFit[] {
  const countSums = runningSums(spanCounts(counts, means, dispersion))
  const meanSums = runningSums(means)
  const skippedSums = skipped === null ? null : runningSums(skipped)
  const leastPhi = hourFit.dispersion.phi < 1 ? 0 : 1
  return scales.slice(1).map((windows) => {
    const step = stepOf(windows, { windowMinutes: 60 / windowsPerHour })
    // Steps lie on the clock, as they do in the search, whatever hour the series began in.
    const begin = (step - ((firstHour * windowsPerHour) % step)) % step
    const spanCount = Math.max(0, Math.floor((counts.length - windows - begin) / step) + 1)
    const steps = { begin, step, windows, spanCount }
    const [sums, expected] = [spanSums(countSums, steps), spanSums(meanSums, steps)]
    const fitted = fitDispersion(sums, expected, SPAN_PRIOR)
    const own = { alpha: fitted.alpha, phi: Math.max(fitted.phi, leastPhi) }
    const skips = skippedSums === null ? [] : spanSums(skippedSums, steps)
    const taughtWindows = spanCount - skips.filter((marks) => marks === windows).length
    return { windows, ...own, ...tailsOf(sums, expected, { dispersion: own, taughtWindows }) }
  })
}

interface Tails {
  readonly dispersion: Dispersion
  /** Windows that are not skipped altogether. */
  readonly taughtWindows: number
}

/** How heavy both tails of these counts were, held against their leave-one-out expectations. */
function tailsOf(
  counts: Float64Array,
  means: Float64Array,
  { dispersion, taughtWindows }: Tails,
): Pick<ScaleFit, 'rise' | 'fall'> {
  const least = (at: number): number => Math.max(means[at] as number, 1e-9)
  const [rises, falls]: [number[], number[]] = [[], []]
  for (let at = 0; at < counts.length; at++) {
    const mean = least(at)
    if ((counts[at] as number) > mean) rises.push(at)
    else if (mean >= FALLS_FROM) falls.push(at)
  }
  const rise = (at: number): number =>
    -upperTail(counts[at] as number, riseLaw(dispersion, least(at)))
  const fall = (at: number): number =>
    -lowerTail(counts[at] as number, lawOf(dispersion, least(at)))
  return {
    rise: tailScale(surprisesOf(rises, rise, { counts, means, taughtWindows }), taughtWindows),
    fall: tailScale(surprisesOf(falls, fall, { counts, means, taughtWindows }), taughtWindows),
  }
}

/**
 * The surprises of these windows; none where they are too few to say anything. Neighbours with the
 * same count and mean, as most of an hour's are, share a tail.
 */
function surprisesOf(
  places: readonly number[],
  surpriseAt: (at: number) => number,
  {
    counts,
    means,
    taughtWindows,
  }: Pick<Singles, 'means'> & Pick<Tails, 'taughtWindows'> & { readonly counts: Float64Array },
): Float64Array {
  if (saysNothing(places.length, taughtWindows)) return new Float64Array(0)
  const surprises = new Float64Array(places.length)
  let known = -1
  for (let place = 0; place < places.length; place++) {
    const at = places[place] as number
    const isKnown = known >= 0 && counts[known] === counts[at] && means[known] === means[at]
    surprises[place] = isKnown ? (surprises[place - 1] as number) : surpriseAt(at)
    known = at
  }
  return surprises
}
