import { runningSums, spanSums } from '../series/counts.ts'
import type { Scratch } from '../series/scratch.ts'
import type { Dispersion } from './baseline.ts'
import { capOutliers, daySlots } from './cap.ts'
import { fitDispersion, oneEach, SPAN_PRIOR, WINDOW_PRIOR } from './dispersion.ts'
import { hourOfWeekOf, WEEK_HOURS } from './hour-slots.ts'
import { type LevelPath, levelPath } from './level.ts'
import {
  type FitContext,
  fitProfile,
  type Hours,
  type Profile,
  type ProfileNoise,
} from './profile.ts'

/** What the hours of 28 days say. */
export interface HourFit {
  /** Count per unit of exposure by hour of the week, never 0. */
  readonly rates: Float64Array
  /** The same for each hour learned from, as if that hour had not been seen. */
  readonly leftOut: Float64Array
  readonly dispersion: Dispersion
  /** null: not followed (shares have none). */
  readonly level: LevelPath | null
}

/** What is believed of the scatter before the first pass. */
const FIRST_GUESS = { phi: 1.5, alpha: 0.15, dayAlpha: 0.02 }
const PASSES = 3
const MOST_LEVERAGE = 0.9
/** Slots under this share of the overall rate are quiet. */
const QUIET_SHARE = 0.03

/** A pass over the hours: its fit, with the counts it saw and what it expected of them. */
interface Pass extends HourFit {
  readonly counts: Float64Array
  readonly means: Float64Array
}

/** What one pass knows from the one before. */
interface Known {
  readonly noise: ProfileNoise
  readonly level: LevelPath | null
}

/**
 * Fit, cap, fit, cap, fit: what normal is, with outliers kept from teaching. With `dayOnly` there is
 * no week and no level: a share of calls. What is answered may be kept.
 */
export function fitHours(hours: Hours, context: FitContext): HourFit {
  const { scratch } = context
  const { firstHour, exposure, weights } = hours
  let passed = fitPass(hours, { noise: FIRST_GUESS, level: null }, context)
  const slotAt = hoursOfDays(hours, scratch)
  const slots = daySlots({ counts: hours.counts, slotAt }, 24, scratch)
  for (let pass = 1; pass < PASSES; pass++) {
    const { means, dispersion, level } = passed
    const counts = capOutliers(scratch.copy(hours.counts), means, dispersion, slots)
    const { phi, alpha } = dispersion
    const noise = { phi, alpha, dayAlpha: dayAlphaOf(passed, scratch) }
    passed = fitPass({ firstHour, counts, exposure, weights }, { noise, level }, context)
  }
  const { rates, leftOut, dispersion, level } = passed
  return { rates: rates.slice(), leftOut: leftOut.slice(), dispersion, level }
}

function hoursOfDays({ firstHour, counts }: Hours, scratch: Scratch): Float64Array {
  const slotAt = scratch.lend(counts.length)
  for (let at = 0, hour = firstHour % 24; at < slotAt.length; at++) {
    slotAt[at] = hour
    hour = hour === 23 ? 0 : hour + 1
  }
  return slotAt
}

function fitPass(hours: Hours, { noise, level: before }: Known, context: FitContext): Pass {
  const { dayOnly, scratch } = context
  const leveled = before === null ? hours : atLevel(hours, before, scratch)
  const profile = fitProfile(leveled, noise, context)
  const phi = Math.max(1, noise.phi)
  const level = dayOnly ? null : levelPath(dayTotals(hours, profile, scratch), phi)
  const { floor, rates: leftOut } = forecastOf(hours, { leveled, profile, before }, scratch)
  const { exposure } = hours
  const means = scratch.lend(leftOut.length)
  for (let at = 0; at < means.length; at++) {
    const rate = Math.max(leftOut[at] as number, floor)
    leftOut[at] = rate
    means[at] = rate * (exposure[at] as number)
  }
  const next = level === null ? 1 : Math.exp(level.next)
  return {
    rates: atLeast(profile.rates, next, floor),
    leftOut,
    dispersion: fitDispersion(oneEach(hours.counts, means), WINDOW_PRIOR),
    level,
    counts: hours.counts,
    means,
  }
}

function atLeast(rates: Float64Array, factor: number, floor: number): Float64Array {
  for (let at = 0; at < rates.length; at++) {
    rates[at] = Math.max((rates[at] as number) * factor, floor)
  }
  return rates
}

/** The same hours, exposed as the level of their day says. */
function atLevel(hours: Hours, { filtered }: LevelPath, scratch: Scratch): Hours {
  const { firstHour, counts, weights } = hours
  const exposure = scratch.lend(hours.exposure.length)
  for (let at = 0, day = 0; at < exposure.length; day++) {
    const factor = Math.exp(filtered[day] as number)
    for (const end = endOfDay(hours, day); at < end; at++) {
      exposure[at] = (hours.exposure[at] as number) * factor
    }
  }
  return { firstHour, counts, exposure, weights }
}

function dayTotals(
  hours: Hours,
  { rates }: Profile,
  scratch: Scratch,
): { counts: Float64Array; means: Float64Array } {
  const { counts: hourly, exposure } = hours
  const days = Math.ceil((hourly.length + (hours.firstHour % 24)) / 24)
  const counts = scratch.lend(days)
  const means = scratch.lend(days)
  for (let day = 0, at = 0, slot = hourOfWeekOf(hours.firstHour); day < days; day++) {
    let count = 0
    let mean = 0
    for (const end = endOfDay(hours, day); at < end; at++) {
      count += hourly[at] as number
      mean += (rates[slot] as number) * (exposure[at] as number)
      slot = slot === WEEK_HOURS - 1 ? 0 : slot + 1
    }
    counts[day] = count
    means[day] = mean
  }
  return { counts, means }
}

/** Where the hours of a day end, days counted from that of the first hour; the last may be cut. */
function endOfDay({ firstHour, counts }: Hours, day: number): number {
  return Math.min(counts.length, (day + 1) * 24 - (firstHour % 24))
}

interface Fitted {
  /** The hours as the profile was fitted to them. */
  readonly leveled: Hours
  readonly profile: Profile
  /** The level as it was known before. */
  readonly before: LevelPath | null
}

/**
 * The rate expected of each hour had it not been seen itself, at the level known when its day began, and the least rate
 * to expect of any: what quiet hours brought although nothing was expected of them, never exactly 0. A quarter of a call
 * over one more unit of exposure stands in where they brought none.
 */
function forecastOf(
  hours: Hours,
  { leveled, profile, before }: Fitted,
  scratch: Scratch,
): { readonly rates: Float64Array; readonly floor: number } {
  const { counts, weights, exposure } = hours
  const most = quietRate(hours)
  const rates = scratch.lend(counts.length)
  let [quiet, quietExposure] = [0.25, 1]
  for (let at = 0, day = 0, slot = hourOfWeekOf(hours.firstHour); at < rates.length; day++) {
    const factor = before === null ? 1 : Math.exp(before.predicted[day] as number)
    for (const end = endOfDay(hours, day); at < end; at++) {
      const weight = weights[at] as number
      const count = counts[at] as number
      const exposed = leveled.exposure[at] as number
      const expected = profile.rates[slot] as number
      const pull = Math.min(weight * exposed * (profile.pulls[slot] as number), MOST_LEVERAGE)
      slot = slot === WEEK_HOURS - 1 ? 0 : slot + 1
      const leftOut = count - (count - exposed * expected) / (1 - pull)
      const rate = factor * (exposed === 0 ? expected : Math.max(leftOut, 0) / exposed)
      rates[at] = rate
      if (rate >= most) continue
      quiet += weight * count
      quietExposure += weight * (exposure[at] as number)
    }
  }
  return { rates, floor: Math.min(quiet / quietExposure, most) }
}

/** The rate under which a slot is quiet. */
function quietRate({ counts, exposure }: Hours): number {
  let [all, allExposure] = [0, 0]
  for (let at = 0; at < counts.length; at++) {
    all += counts[at] as number
    allExposure += exposure[at] as number
  }
  return (QUIET_SHARE * all) / allExposure
}

/** How whole days scatter beyond chance: alpha of 24-hour sums, one every 8 hours. */
function dayAlphaOf({ counts, means }: Pass, scratch: Scratch): number {
  const countSums = runningSums(counts, scratch)
  const meanSums = runningSums(means, scratch)
  const spanCount = Math.max(0, Math.floor((counts.length - 24) / 8) + 1)
  const steps = { begin: 0, step: 8, windows: 24, spanCount }
  const days = oneEach(spanSums(countSums, steps, scratch), spanSums(meanSums, steps, scratch))
  return fitDispersion(days, SPAN_PRIOR).alpha
}
