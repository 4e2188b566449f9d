import { dayOf, type Grid, LEARN_DAYS, windowsPerHour } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import { type Run, runsOfDay } from '../series/run.ts'
import {
  type BurstLaw,
  type BurstSums,
  burstLogTail,
  NO_BURSTS,
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

/** The bursts of one day, and what laws are made of them. */
export interface DayOfBursts {
  readonly runs: readonly Run[]
  readonly sums: BurstSums
  /** The largest of their sizes; 0 where there are none. */
  readonly largest: number
}

/** Days with bursts, last first. */
export type BurstLesson = readonly DayOfBursts[]

/** The bursts of one series, day by day, made when first asked for. The count of each is its size. */
export interface BurstDays {
  on(day: number): DayOfBursts
  /** The 28 days before a day. */
  before(day: number): BurstLesson
}

/** The bursts of a series by UTC day, in both sizes; those that cross midnight are cut there. */
export function burstDays(counts: Counts, grid: Grid): BothSizes<BurstDays> {
  const firstDay = dayOf(counts.at[0] ?? 0, grid)
  const whole = keptDays(firstDay, (day) => runsOfDay(counts, day, grid))
  const window = keptDays(firstDay, (day) =>
    whole.on(day).runs.map((run) => ({ ...run, count: run.peak })),
  )
  return { whole, window }
}

/** Days made when first asked for; none before the first holds a burst. */
function keptDays(firstDay: number, make: (day: number) => readonly Run[]): BurstDays {
  const known: (DayOfBursts | undefined)[] = []
  const on = (day: number): DayOfBursts => {
    if (day < firstDay) return NO_DAY
    const bursts = known[day - firstDay] ?? dayOfBursts(make(day))
    known[day - firstDay] = bursts
    return bursts
  }
  let last: { readonly day: number; readonly lesson: BurstLesson } | undefined
  const before = (day: number): BurstLesson => {
    if (last?.day !== day) last = { day, lesson: lessonOf(on, day) }
    return last.lesson
  }
  return { on, before }
}

/** What one day's runs add to every sum they take part in. */
export function dayOfBursts(runs: readonly Run[]): DayOfBursts {
  if (runs.length === 0) return NO_DAY
  return { runs, sums: sumsOfRuns(runs, Number.POSITIVE_INFINITY), largest: largestOf(runs) }
}

const NO_DAY: DayOfBursts = { runs: [], sums: NO_BURSTS, largest: 0 }

function largestOf(runs: readonly Run[]): number {
  let largest = 0
  for (const { count } of runs) largest = Math.max(largest, count)
  return largest
}

function lessonOf(on: BurstDays['on'], day: number): BurstLesson {
  const lesson: DayOfBursts[] = []
  for (let each = day - 1; each >= day - LEARN_DAYS; each--) {
    const bursts = on(each)
    if (bursts.largest > 0) lesson.push(bursts)
  }
  return lesson
}

/** The sums of a lesson's bursts, none of them counted as more than `most` calls. */
export function sumsOf(lesson: BurstLesson, most: number = Number.POSITIVE_INFINITY): BurstSums {
  let [bursts, logs, squares] = [0, 0, 0]
  for (const { runs, sums, largest } of lesson) {
    const ofDay = largest > most ? sumsOfRuns(runs, most) : sums
    bursts += ofDay.bursts
    logs += ofDay.logs
    squares += ofDay.squares
  }
  return { bursts, logs, squares }
}

function sumsOfRuns(runs: readonly Run[], most: number): BurstSums {
  let [logs, squares] = [0, 0]
  for (const { count } of runs) {
    const log = Math.log(Math.min(count, most))
    logs += log
    squares += log * log
  }
  return { bursts: runs.length, logs, squares }
}

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

/** A lesson with those of its runs that are wanted, without days that have none. */
export function onlyRuns(lesson: BurstLesson, isWanted: (run: Run) => boolean): BurstLesson {
  return lesson
    .map(({ runs }) => dayOfBursts(runs.filter(isWanted)))
    .filter(({ largest }) => largest > 0)
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
