import { type Grid, windowsPerHour } from '../series/grid.ts'
import type { Run } from '../series/run.ts'
import { type BurstLesson, onlyRuns, sumsOf } from './burst-days.ts'
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

/**
 * The most that one burst of a series teaches, in calls: what one in a hundred bursts of the pool
 * exceeds, or what the series itself reached on 7 days of 28. Repeating is not normal yet.
 */
export function mostTaught(lesson: BurstLesson, law: BurstLaw): number {
  const ordinary = Math.exp(law.location + Z99 * law.spread)
  const larger: number[] = []
  for (const { largest } of lesson) if (largest > ordinary) larger.push(largest)
  if (larger.length < HABIT_DAYS) return ordinary
  return larger.sort((a, b) => b - a)[HABIT_DAYS - 1] as number
}

/** The law that one series' bursts are judged by, and how heavy its pool's tails are. */
export interface BurstJudge {
  readonly law: OwnLaw
  readonly tail: TailScale
}

/** The runs of a lesson that touch no hour that expects a call or more: work off schedule. */
export function offSchedule(
  lesson: BurstLesson,
  hourOfWeek: readonly number[],
  grid: Grid,
): BurstLesson {
  const perHour = windowsPerHour(grid)
  const isOff = ({ fromWindow, untilWindow }: Run): boolean => {
    for (let hour = Math.floor(fromWindow / perHour); hour * perHour < untilWindow; hour++) {
      if ((hourOfWeek[hourOfWeekOf(hour)] as number) >= 1) return false
    }
    return true
  }
  return onlyRuns(lesson, isOff)
}

/**
 * How heavy a pool's tails are beside its law: every burst of its series held against the law of its
 * own series' other bursts.
 */
export function poolTail(
  lessons: readonly { readonly lesson: BurstLesson; readonly past: OwnPast }[],
  law: BurstLaw,
): TailScale {
  const surprises: number[] = []
  for (const { lesson, past } of lessons) {
    const most = mostTaught(lesson, law)
    const own = sumsOf(lesson, most)
    // Most bursts of a series are as large as another one.
    const known = new Map<number, number>()
    for (const { runs } of lesson) {
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
