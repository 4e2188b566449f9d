import { dayOf, type Grid, LEARN_DAYS } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import { type Run, runsOfDay } from '../series/run.ts'
import { type BurstSums, NO_BURSTS } from './burst-law.ts'

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
  const whole = keptDays(firstDay, (day) => dayOfBursts(runsOfDay(counts, day, grid)))
  const window = keptDays(firstDay, (day) => {
    const all = whole.on(day)
    // Most bursts are of one window: their days are not kept twice.
    return all.runs.every(isPeak) ? all : dayOfBursts(all.runs.map(peakOf))
  })
  return { whole, window }
}

/** Days made when first asked for, and kept as long as a later day looks back on them; none before the first holds a burst. */
function keptDays(firstDay: number, make: (day: number) => DayOfBursts): BurstDays {
  const known: (DayOfBursts | undefined)[] = []
  const on = (day: number): DayOfBursts => {
    if (day < firstDay) return NO_DAY
    const bursts = known[day - firstDay] ?? make(day)
    known[day - firstDay] = bursts
    return bursts
  }
  let last: { readonly day: number; readonly lesson: BurstLesson } | undefined
  let keptFrom = firstDay
  const before = (day: number): BurstLesson => {
    if (last?.day !== day) last = { day, lesson: lessonOf(on, day) }
    for (; keptFrom < day - LEARN_DAYS; keptFrom++) known[keptFrom - firstDay] = undefined
    return last.lesson
  }
  return { on, before }
}

/** Whether a run is all in its largest window. */
function isPeak({ count, peak }: Run): boolean {
  return count === peak
}

function peakOf(run: Run): Run {
  return isPeak(run) ? run : { ...run, count: run.peak }
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

/** A lesson with those of its runs that are wanted, without days that have none. */
export function onlyRuns(lesson: BurstLesson, isWanted: (run: Run) => boolean): BurstLesson {
  return lesson
    .map(({ runs }) => dayOfBursts(runs.filter(isWanted)))
    .filter(({ largest }) => largest > 0)
}
