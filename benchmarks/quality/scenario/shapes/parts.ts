import { between, chance, logBetween, pick, type Random, whole } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import { eachBucket } from '../timeline.ts'
import type { Stream } from '../truth.ts'
import { drawJobs, type JobLaw } from './jobs.ts'
import { drawNoisy, drawSteady, type Noise } from './noisy.ts'
import { officeHours, onTheHour, roundTheClock, type Season } from './season.ts'
import { drawSessions } from './sessions.ts'

/** Calls of one origin, with what an anomaly needs to move them. */
export interface Part {
  readonly stream: Stream
  readonly job: JobLaw | null
  /** Set where a season can come late as a whole. */
  readonly season: { readonly mean: Float64Array; readonly noise: Noise } | null
}

/** Draws one part; `level` scales it bucket by bucket. */
export type DrawPart = (random: Random, timeline: Timeline, level: Float64Array) => Part

/** Most APIs are quiet: of two draws the smaller. Calls per hour. */
const hourlyRate = (random: Random, low: number, high: number): number =>
  Math.min(logBetween(random, low, high), logBetween(random, low, high))

const times = (season: Season, rate: number, level: Float64Array): Float64Array =>
  season.map((value, at) => value * rate * (level[at] as number))

const noiseOf = (random: Random): Noise => ({
  phi: between(random, 1, 4),
  alpha: logBetween(random, 0.004, 0.15),
  daySd: between(random, 0, 0.15),
})

export const seasonalPart: DrawPart = (random, timeline, level) => {
  const peak = hourlyRate(random, 6, 6000) / timeline.perHour
  const season = officeHours(random, timeline, logBetween(random, 0.01, 0.4))
  const mean = times(season, peak, level)
  const noise = noiseOf(random)
  return { stream: drawNoisy(random, timeline, mean, noise), job: null, season: { mean, noise } }
}

export const flatPart: DrawPart = (random, timeline, level) => {
  const mean = times(roundTheClock(timeline), hourlyRate(random, 2, 4000) / timeline.perHour, level)
  const noise = noiseOf(random)
  return { stream: drawNoisy(random, timeline, mean, noise), job: null, season: null }
}

export const onTheHourPart: DrawPart = (random, timeline, level) => {
  const rate = logBetween(random, 30, 3000) / timeline.perHour
  const season = officeHours(random, timeline, logBetween(random, 0.1, 0.6))
  const within = onTheHour(random, timeline)
  const mean = times(season, rate, level).map((value, at) => value * (within[at] as number))
  const noise = noiseOf(random)
  return { stream: drawNoisy(random, timeline, mean, noise), job: null, season: { mean, noise } }
}

export const pollerPart: DrawPart = (random, timeline, level) => {
  const perBucket = pick(
    random,
    [1, 2, 6, 12, 60].map((each) => each * (12 / timeline.perHour)),
  )
  const mean = times(roundTheClock(timeline), perBucket, level)
  const stream = drawSteady(random, timeline, mean, between(random, 0.01, 0.4))
  return { stream, job: null, season: null }
}

/** Calls by hand, a few times a week to a few a day: mostly a handful, now and then a hundred. */
export const sparsePart: DrawPart = (random, timeline, level) => {
  const perWeek = logBetween(random, 2, 40)
  const season = chance(random, 0.7) ? officeHours(random, timeline, 0.05) : roundTheClock(timeline)
  const stream = drawSessions(random, timeline, {
    arrivals: arrivalsOf(timeline, season, perWeek, level),
    location: between(random, 0, 1.8),
    spread: between(random, 0.4, 1.2),
    longestMinutes: 20,
  })
  return { stream, job: null, season: null }
}

/** People and their tools: sessions of very unequal size. */
export const sessionsPart: DrawPart = (random, timeline, level) => {
  const season = officeHours(random, timeline, logBetween(random, 0.003, 0.05))
  const stream = drawSessions(random, timeline, {
    arrivals: arrivalsOf(timeline, season, logBetween(random, 6, 200), level),
    location: between(random, 0.8, 2.8),
    spread: between(random, 0.7, 1.3),
    longestMinutes: whole(random, 10, 60),
  })
  return { stream, job: null, season: null }
}

function arrivalsOf(
  { perDay }: Timeline,
  season: Season,
  perWeek: number,
  level: Float64Array,
): Float64Array {
  const ofWeek = season.subarray(0, 7 * perDay).reduce((sum, value) => sum + value, 0)
  return times(season, perWeek / ofWeek, level)
}

export const jobPart: DrawPart = (random, timeline, level) => {
  const law = jobLaw(random, pick(random, [24, 24, 24, 24, 1, 1, 6, 7, 12, 36]))
  return { stream: drawJobs(random, timeline, law, level), job: law, season: null }
}

export const dailyJobPart: DrawPart = (random, timeline, level) => {
  const law = { ...jobLaw(random, 24), weekdaysOnly: false }
  return { stream: drawJobs(random, timeline, law, level), job: law, season: null }
}

function jobLaw(random: Random, periodHours: number): JobLaw {
  return {
    periodHours,
    offsetHours: chance(random, 0.5)
      ? Math.floor(between(random, 0, Math.min(24, periodHours)))
      : between(random, 0, Math.min(24, periodHours)),
    jitterMinutes: pick(random, [0, 1, 5, 15]),
    durationMinutes: logBetween(random, 1, Math.min(90, periodHours * 20)),
    size: hourlyRate(random, 10, 5000),
    alpha: logBetween(random, 0.0005, 0.05),
    weekdaysOnly: periodHours === 24 && chance(random, 0.2),
  }
}

/** The same all the time. */
export const steadyLevel = (timeline: Timeline): Float64Array => eachBucket(timeline, () => 1)

/** One factor before a bucket, another from it on. */
export const stepLevel = (
  timeline: Timeline,
  step: { readonly at: number; readonly before: number; readonly after: number },
): Float64Array => eachBucket(timeline, (bucket) => (bucket < step.at ? step.before : step.after))
