import { type Grid, LEARN_DAYS, windowsPerHour } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import { type Run, runsOfDay } from '../series/run.ts'
import {
  type BurstLaw,
  type BurstSums,
  burstLogTail,
  type OwnLaw,
  type OwnPast,
  ownLaw,
} from './burst-law.ts'
import { hourOfWeekOf } from './hour-slots.ts'
import { type TailScale, tailScale } from './tail-scale.ts'

/** A standard normal's 99 % quantile. */
const Z99 = 2.3263478740408408
/** Days of 28 on which a series must have been as large for it to be its habit. */
const HABIT_DAYS = 7

/** What the size of a burst is: all its calls, or the most in one window. */
export type BurstSize = 'whole' | 'window'

/** Something of both sizes. */
export type BothSizes<T> = Readonly<Record<BurstSize, T>>

/** The bursts of one series, day by day, made when first asked for. The count of each is its size. */
export interface BurstDays {
  on(day: number): readonly Run[]
}

/** The bursts of a series by UTC day, in both sizes; those that cross midnight are cut there. */
export function burstDays(counts: Counts, grid: Grid): BothSizes<BurstDays> {
  const whole = keptDays((day) => runsOfDay(counts, day, grid))
  const window = keptDays((day) => whole.on(day).map((run) => ({ ...run, count: run.peak })))
  return { whole, window }
}

function keptDays(make: (day: number) => readonly Run[]): BurstDays {
  const known = new Map<number, readonly Run[]>()
  return {
    on(day) {
      const runs = known.get(day) ?? make(day)
      known.set(day, runs)
      return runs
    },
  }
}

/** The 28 days before a day, last first, without those that hold no burst. */
export function lessonOf(days: BurstDays, day: number): readonly (readonly Run[])[] {
  const lesson: (readonly Run[])[] = []
  for (let each = day - 1; each >= day - LEARN_DAYS; each--) {
    const runs = days.on(each)
    if (runs.length > 0) lesson.push(runs)
  }
  return lesson
}

/** The sums of a lesson's bursts, none of them counted as more than `most` calls. */
export function sumsOf(
  lesson: readonly (readonly Run[])[],
  most: number = Number.POSITIVE_INFINITY,
): BurstSums {
  let [bursts, logs, squares] = [0, 0, 0]
  for (const runs of lesson) {
    for (const { count } of runs) {
      const log = Math.log(Math.min(count, most))
      bursts += 1
      logs += log
      squares += log * log
    }
  }
  return { bursts, logs, squares }
}

/**
 * The most that one burst of a series teaches, in calls: what one in a hundred bursts of the pool
 * exceeds, or what the series itself reached on 7 days of 28. Repeating is not normal yet.
 */
export function mostTaught(lesson: readonly (readonly Run[])[], law: BurstLaw): number {
  const ordinary = Math.exp(law.location + Z99 * law.spread)
  if (lesson.length < HABIT_DAYS) return ordinary
  const largest = lesson.map((runs) => Math.max(...runs.map(({ count }) => count)))
  largest.sort((a, b) => b - a)
  return Math.max(ordinary, largest[HABIT_DAYS - 1] as number)
}

/** The law that one series' bursts are judged by, and how heavy its pool's tails are. */
export interface BurstJudge {
  readonly law: OwnLaw
  readonly tail: TailScale
}

/** The runs of a lesson in hours that expect less than one call: work off schedule. */
export function offSchedule(
  lesson: readonly (readonly Run[])[],
  hourOfWeek: readonly number[],
  grid: Grid,
): readonly (readonly Run[])[] {
  const isOff = ({ fromWindow }: Run): boolean =>
    (hourOfWeek[hourOfWeekOf(Math.floor(fromWindow / windowsPerHour(grid)))] as number) < 1
  return lesson.map((runs) => runs.filter(isOff)).filter((runs) => runs.length > 0)
}

/**
 * How heavy a pool's tails are beside its law: every burst of its series held against the law of its
 * own series' other bursts.
 */
export function poolTail(
  lessons: readonly { readonly lesson: readonly (readonly Run[])[]; readonly past: OwnPast }[],
  law: BurstLaw,
): TailScale {
  const surprises: number[] = []
  for (const { lesson, past } of lessons) {
    const most = mostTaught(lesson, law)
    const own = sumsOf(lesson, most)
    // Most bursts of a series are as large as another one.
    const known = new Map<number, number>()
    for (const runs of lesson) {
      for (const { count } of runs) {
        let surprise = known.get(count)
        if (surprise === undefined) {
          const others = withoutBurst(own, Math.min(count, most))
          surprise = -burstLogTail(count, ownLaw(law, others, past), law)
          known.set(count, surprise)
        }
        surprises.push(surprise)
      }
    }
  }
  return tailScale(surprises, surprises.length)
}

function withoutBurst({ bursts, logs, squares }: BurstSums, calls: number): BurstSums {
  const log = Math.log(calls)
  return { bursts: bursts - 1, logs: logs - log, squares: squares - log * log }
}
