import type { Scratch } from '../series/scratch.ts'
import type { Dispersion } from './baseline.ts'
import { hourOfWeekOf, WEEK_HOURS } from './hour-slots.ts'
import { shrink } from './shrink.ts'

/** Hourly counts in order, with what they are counted against (1 for calls; calls for errors). */
export interface Hours {
  /** Hours since the epoch. */
  readonly firstHour: number
  readonly counts: Float64Array
  readonly exposure: Float64Array
  /** Weight of each hour: the younger, the more. */
  readonly weights: Float64Array
}

/** Count per unit of exposure by hour of the week. */
export interface Profile {
  readonly rates: Float64Array
  /** What a unit of exposure with a weight of 1 adds to the value of its own slot of the week, as a share of it. */
  readonly pulls: Float64Array
}

/** How hours scatter, and days beyond that. */
export interface ProfileNoise extends Dispersion {
  readonly dayAlpha: number
}

/** How hours fall into slots: `width` neighbours share one, and after `period` hours it comes again. */
interface Slotting {
  readonly period: number
  readonly width: number
}

const HOURS_OF_DAY: Slotting = { period: 24, width: 1 }
const DAYS_OF_WEEK: Slotting = { period: WEEK_HOURS, width: 24 }
const HOURS_OF_WEEK: Slotting = { period: WEEK_HOURS, width: 1 }

/** How far a fit goes, and where it finds its arrays: what it answers is there, too. */
export interface FitContext {
  /** Hours of the day alone, without a week: a share of calls. */
  readonly dayOnly: boolean
  readonly scratch: Scratch
}

/** What every link of the chain is fitted to. */
interface Seen {
  readonly hours: Hours
  readonly noise: ProfileNoise
  readonly scratch: Scratch
}

/** One link of the chain: hours put into slots, each slot with the rate expected of it so far. */
interface Level {
  readonly slotting: Slotting
  readonly parents: Float64Array
  readonly exposure: Float64Array
  /** Variance of a slot's mean beyond that of its hours, times its weight in days: 0 but between days. */
  readonly dayAlpha: number
}

interface LevelFit {
  readonly means: Float64Array
  readonly weights: Float64Array
  readonly exposures: Float64Array
}

const LEAST_DAYS = 0.5

/**
 * The seasonal profile by a chain of shrunken means: overall, hour of the day, times a factor for
 * the day of the week, hour of the week. With `dayOnly` the chain stops at the hour of the day.
 */
export function fitProfile(
  hours: Hours,
  noise: ProfileNoise,
  { dayOnly, scratch }: FitContext,
): Profile {
  const overall = scratch.zeros(24).fill(overallRate(hours))
  const { exposure } = hours
  const seen = { hours, noise, scratch }
  const ofDay = { slotting: HOURS_OF_DAY, parents: overall, exposure, dayAlpha: 0 }
  const day = fitLevel(seen, ofDay)
  const everyDay = scratch.lend(7).fill(1)
  const dayPulls = weekOf(pullsOf(day, scratch), everyDay, scratch)
  if (dayOnly) {
    return { rates: weekOf(day.means, everyDay, scratch), pulls: dayPulls }
  }
  const factors = fitDayFactors(seen, day.means)
  const parents = weekOf(day.means, factors, scratch)
  const week = fitLevel(seen, { slotting: HOURS_OF_WEEK, parents, exposure, dayAlpha: 0 })
  const pulls = pullsOf(week, scratch)
  for (let slot = 0; slot < WEEK_HOURS; slot++) {
    const throughDay = (dayPulls[slot] as number) * (1 - (week.weights[slot] as number))
    pulls[slot] = Math.max(pulls[slot] as number, throughDay)
  }
  return { rates: week.means, pulls }
}

/** The hours of a week: those of a day, times the factor of their day of the week. */
function weekOf(hourOfDay: Float64Array, factors: Float64Array, scratch: Scratch): Float64Array {
  const week = scratch.lend(24 * factors.length)
  for (let day = 0, at = 0; day < factors.length; day++) {
    for (let hour = 0; hour < 24; hour++, at++) {
      week[at] = (hourOfDay[hour] as number) * (factors[day] as number)
    }
  }
  return week
}

function overallRate({ counts, exposure, weights }: Hours): number {
  let sum = 0
  let total = 0
  for (let at = 0; at < counts.length; at++) {
    sum += (weights[at] as number) * (counts[at] as number)
    total += (weights[at] as number) * (exposure[at] as number)
  }
  return sum / total
}

/** Factor of each day of the week on the hour of the day, shrunk to 1 by how much days differ anyway. */
function fitDayFactors(seen: Seen, hourOfDay: Float64Array): Float64Array {
  const { hours, noise, scratch } = seen
  const exposure = scratch.lend(hours.exposure.length)
  for (let at = 0, hour = hourOfWeekOf(hours.firstHour) % 24; at < exposure.length; at++) {
    exposure[at] = (hours.exposure[at] as number) * (hourOfDay[hour] as number)
    hour = hour === 23 ? 0 : hour + 1
  }
  const parents = scratch.lend(7).fill(1)
  const { dayAlpha } = noise
  return fitLevel(seen, { slotting: DAYS_OF_WEEK, parents, exposure, dayAlpha }).means
}

function fitLevel({ hours, noise, scratch }: Seen, level: Level): LevelFit {
  const { exposure, parents, dayAlpha } = level
  const { phi, alpha } = noise
  const { period, width } = level.slotting
  const { counts, weights } = hours
  const toNext = period - width + 1
  const firstSlot = hourOfWeekOf(hours.firstHour) % period
  const exposures = scratch.zeros(parents.length)
  const variances = scratch.zeros(parents.length)
  const means = scratch.copy(parents)
  for (let slot = 0; slot < parents.length; slot++) {
    const parent = parents[slot] as number
    let total = 0
    let sum = 0
    let variance = 0
    let weightSum = 0
    // Where the first group of neighbours in the slot begins, which may be before the first hour.
    let at = slot * width - firstSlot
    if (at + width <= 0) at += period
    let left = Math.min(width, width + at)
    for (at = Math.max(at, 0); at < counts.length; ) {
      const weight = weights[at] as number
      const exposed = exposure[at] as number
      const mean = exposed * parent
      total += weight * exposed
      sum += weight * (counts[at] as number)
      weightSum += weight
      variance += weight * weight * mean * (phi + alpha * mean)
      left--
      at += left === 0 ? toNext : 1
      if (left === 0) left = width
    }
    exposures[slot] = total
    if (total === 0) continue
    // The variance at the slot's own mean, half shrunk: a busy slot scatters more than its parent says.
    const own = sum / total
    const ratio = 0.5 * (1 + own / parent)
    means[slot] = own
    const ofDays = dayAlpha / Math.max(weightSum / 24, LEAST_DAYS)
    variances[slot] = (variance * ratio) / (total * total) + ofDays
  }
  const shrunk = shrink({ means, parents, variances, exposures }, scratch)
  return { means: shrunk.means, weights: shrunk.weights, exposures }
}

/** What a unit of exposure with a weight of 1 adds to the value of its own slot, as a share of it. */
function pullsOf({ exposures, weights }: LevelFit, scratch: Scratch): Float64Array {
  const pulls = scratch.lend(weights.length)
  for (let slot = 0; slot < pulls.length; slot++) {
    const total = exposures[slot] as number
    pulls[slot] = total === 0 ? 0 : (weights[slot] as number) / total
  }
  return pulls
}
