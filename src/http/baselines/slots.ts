import type { Static } from 'typebox'
import {
  band,
  type DayExpectation,
  dayExpectation,
  type KeptBaseline,
} from '../../../models/index.ts'
import { type Slot, WEEKDAYS } from '../reply/baseline-schemas.ts'

/** 1970-01-01, day 0, was a Thursday. */
const WEEKDAY_OF_DAY_0 = 3

export type SlotReply = Static<typeof Slot>
export type Weekday = (typeof WEEKDAYS)[number]

/** Which hours of the week are asked for: all that are not excluded. */
export interface SlotChoice {
  readonly weekday?: Weekday
  readonly hour?: number
}

/** The hours of the week after a baseline, Monday first. */
export function weekSlots(baseline: KeptBaseline, choice: SlotChoice): SlotReply[] {
  return WEEKDAYS.flatMap((weekday, index) =>
    choice.weekday === undefined || choice.weekday === weekday
      ? daySlots(dayExpectation({ ...baseline, day: dayFrom(baseline.day, index) }), choice)
      : [],
  )
}

/** The hour of the week that expects most. */
export function busiestHour({ hourOfWeek }: KeptBaseline): SlotChoice {
  const hour = hourOfWeek.indexOf(Math.max(...hourOfWeek))
  const weekday = WEEKDAYS[Math.floor(hour / 24)]
  return { hour: hour % 24, ...(weekday !== undefined && { weekday }) }
}

/** The hours of one day. */
export function daySlots(expectation: DayExpectation, { weekday, hour }: SlotChoice): SlotReply[] {
  const name = weekdayOf(expectation.day)
  if (weekday !== undefined && weekday !== name) return []
  const hours = hour === undefined ? Array.from({ length: 24 }, (_, index) => index) : [hour]
  return hours.map((hourOfDay) => slotOf(expectation, name, hourOfDay))
}

function slotOf(expectation: DayExpectation, weekday: Weekday, hour: number): SlotReply {
  const perHour = expectation.withinHour.length
  const from = (expectation.day * 24 + hour) * perHour
  const { expected, low, high } = band(expectation, { from, until: from + perHour })
  return { weekday, hour, expected, low, high }
}

/** Name of the weekday of a UTC day number. */
export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(day + WEEKDAY_OF_DAY_0) % 7] ?? 'Monday'
}

/** The first day from `day` on that is the weekday with this index. */
function dayFrom(day: number, index: number): number {
  return day + ((index + 7 - ((day + WEEKDAY_OF_DAY_0) % 7)) % 7)
}
