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

/** Count per unit of exposure by hour of the week, and how far each hour pulled its own value. */
export interface Profile {
  readonly rates: Float64Array
  readonly leverage: Float64Array
}

/** How hours scatter, and days beyond that. */
export interface ProfileNoise extends Dispersion {
  readonly dayAlpha: number
}

/** One link of the chain: hours put into slots, each slot with the rate expected of it so far. */
interface Level {
  readonly hours: Hours
  readonly slots: Uint8Array
  readonly exposure: Float64Array
  readonly parents: Float64Array
  readonly noise: Dispersion
  /** Variance of a slot's mean beyond that of its hours. */
  readonly extra: (weight: number) => number
}

interface LevelFit {
  readonly means: Float64Array
  readonly weights: Float64Array
  readonly exposures: Float64Array
}

const noExtra = (): number => 0
const LEAST_DAYS = 0.5

/**
 * The seasonal profile by a chain of shrunken means: overall, hour of the day, times a factor for
 * the day of the week, hour of the week. With `dayOnly` the chain stops at the hour of the day.
 */
export function fitProfile(hours: Hours, noise: ProfileNoise, dayOnly: boolean): Profile {
  const { ofWeek, ofDay, weekday } = slotsOf(hours)
  const overall = new Float64Array(24).fill(overallRate(hours))
  const level = { hours, noise, extra: noExtra }
  const day = fitLevel({ ...level, slots: ofDay, exposure: hours.exposure, parents: overall })
  const dayLeverage = leverageOf(hours, ofDay, day)
  if (dayOnly) {
    const everyDay = new Float64Array(7).fill(1)
    return { rates: weekOf(day.means, everyDay), leverage: dayLeverage }
  }
  const factors = fitDayFactors(hours, noise, { ofDay, weekday }, day.means)
  const parents = weekOf(day.means, factors)
  const full = fitLevel({ ...level, slots: ofWeek, exposure: hours.exposure, parents })
  const own = leverageOf(hours, ofWeek, full)
  const leverage = new Float64Array(own.length)
  const { weights } = full
  for (let at = 0; at < leverage.length; at++) {
    const left = 1 - (weights[ofWeek[at] as number] as number)
    leverage[at] = Math.max(own[at] as number, (dayLeverage[at] as number) * left)
  }
  return { rates: full.means, leverage }
}

/** Slots of hours: in the week, in the day, and the day of the week. */
interface HourSlots {
  readonly ofWeek: Uint8Array
  readonly ofDay: Uint8Array
  readonly weekday: Uint8Array
}

function slotsOf({ firstHour, counts: { length } }: Hours): HourSlots {
  const [ofWeek, ofDay, weekday] = [
    new Uint8Array(length),
    new Uint8Array(length),
    new Uint8Array(length),
  ]
  let slot = hourOfWeekOf(firstHour)
  let day = Math.floor(slot / 24)
  let hour = slot % 24
  for (let at = 0; at < length; at++) {
    ofWeek[at] = slot
    ofDay[at] = hour
    weekday[at] = day
    if (++hour === 24) {
      hour = 0
      if (++day === 7) day = 0
    }
    if (++slot === WEEK_HOURS) slot = 0
  }
  return { ofWeek, ofDay, weekday }
}

/** The hours of a week: those of a day, times the factor of their day of the week. */
function weekOf(hourOfDay: Float64Array, factors: Float64Array): Float64Array {
  const week = new Float64Array(WEEK_HOURS)
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
function fitDayFactors(
  hours: Hours,
  noise: ProfileNoise,
  { ofDay, weekday }: Pick<HourSlots, 'ofDay' | 'weekday'>,
  hourOfDay: Float64Array,
): Float64Array {
  const { exposure: exposed } = hours
  const exposure = new Float64Array(ofDay.length)
  for (let at = 0; at < exposure.length; at++) {
    exposure[at] = (exposed[at] as number) * (hourOfDay[ofDay[at] as number] as number)
  }
  return fitLevel({
    hours,
    noise,
    slots: weekday,
    exposure,
    parents: new Float64Array(7).fill(1),
    extra: (weight) => noise.dayAlpha / Math.max(weight / 24, LEAST_DAYS),
  }).means
}

function fitLevel({ hours, slots, exposure, parents, noise, extra }: Level): LevelFit {
  const { weights, counts } = hours
  const { phi, alpha } = noise
  const length = parents.length
  const exposures = new Float64Array(length)
  const sums = new Float64Array(length)
  const variances = new Float64Array(length)
  const weightSums = new Float64Array(length)
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at] as number
    const weight = weights[at] as number
    const exposed = exposure[at] as number
    const mean = exposed * (parents[slot] as number)
    exposures[slot] = (exposures[slot] as number) + weight * exposed
    sums[slot] = (sums[slot] as number) + weight * (counts[at] as number)
    weightSums[slot] = (weightSums[slot] as number) + weight
    variances[slot] = (variances[slot] as number) + weight * weight * mean * (phi + alpha * mean)
  }
  const means = parents.slice()
  for (let slot = 0; slot < length; slot++) {
    const total = exposures[slot] as number
    if (total === 0) continue
    const parent = parents[slot] as number
    const mean = (sums[slot] as number) / total
    // The variance at the slot's own mean, half shrunk: a busy slot scatters more than its parent says.
    const ratio = 0.5 * (1 + mean / parent)
    means[slot] = mean
    variances[slot] =
      ((variances[slot] as number) * ratio) / (total * total) + extra(weightSums[slot] as number)
  }
  return { ...shrink({ means, parents, variances, exposures }), exposures }
}

/** The share of each hour in its own slot's value. */
function leverageOf(hours: Hours, slots: Uint8Array, fit: LevelFit): Float64Array {
  const { exposure, weights } = hours
  const { exposures, weights: shares } = fit
  const leverage = new Float64Array(slots.length)
  for (let at = 0; at < leverage.length; at++) {
    const slot = slots[at] as number
    const total = exposures[slot] as number
    if (total === 0) continue
    const weight = (shares[slot] as number) * (weights[at] as number)
    leverage[at] = (weight * (exposure[at] as number)) / total
  }
  return leverage
}
