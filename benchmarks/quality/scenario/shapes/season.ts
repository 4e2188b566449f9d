import { between, chance, type Random, whole } from '../random.ts'
import { eachBucket, hourOf, type Timeline } from '../timeline.ts'

/** How much of a full working hour's traffic each bucket of the week brings, 0 to 1. */
export type Season = Float64Array

const rampUp = (hour: number, at: number, width: number): number =>
  1 / (1 + Math.exp((at - hour) / width))

/** Office hours somewhere on earth, with a lunch break, a quiet night and a quieter weekend. */
export function officeHours(random: Random, timeline: Timeline, floor: number): Season {
  const zone = whole(random, -8, 9)
  const opens = between(random, 7, 9.5)
  const closes = between(random, 16.5, 20)
  const lunch = between(random, 0, 0.4)
  const weekend = chance(random, 0.3) ? between(random, 0.3, 0.9) : between(random, 0.01, 0.3)
  return eachBucket(timeline, (bucket) => {
    const local = hourOf(timeline, bucket) + zone + 24 * 7
    const hour = local % 24
    const isWeekend = Math.floor(local / 24) % 7 >= 5
    const open = rampUp(hour, opens, 0.5) * (1 - rampUp(hour, closes, 0.7))
    const pause = 1 - lunch * Math.exp(-(hour - 12.7) * (hour - 12.7) * 2)
    return floor + (1 - floor) * open * pause * (isWeekend ? weekend : 1)
  })
}

/** Factors of the buckets of every hour, mean 1: a part of its calls comes in its first bucket, of some also in the middle one. */
export function onTheHour(random: Random, timeline: Timeline): Float64Array {
  const { perHour } = timeline
  const share = between(random, 0.15, 0.6)
  const peaks = chance(random, 0.3) ? [0, perHour / 2] : [0]
  return eachBucket(timeline, (bucket) => {
    const peak = peaks.includes(bucket % perHour) ? (share * perHour) / peaks.length : 0
    return 1 - share + peak
  })
}

/** The same around the clock. */
export function roundTheClock(timeline: Timeline): Season {
  return eachBucket(timeline, () => 1)
}
