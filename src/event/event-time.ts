import type { RejectionCode } from './api-call.ts'

/** What a time was read as: epoch milliseconds, or why it is none. */
export type TimeReading = number | Extract<RejectionCode, 'TIME_INVALID' | 'TIME_OUT_OF_RANGE'>

const FIRST_YEAR = 2006
const LAST_YEAR = 2100
const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Reads an event's time as epoch milliseconds, UTC: `YYYY-MM-DDTHH:MM:SS[.fraction]Z`, real calendar days of the years
 * 2006 to 2100, no leap seconds; a fraction of up to nine digits is cut to milliseconds. Nothing else is guessed at:
 * `new Date(text)` takes February 30 for March 2 and a time without zone for local time.
 */
export function parseEventTime(text: string): TimeReading {
  if (!SHAPE.test(text)) return 'TIME_INVALID'
  const year = digits(text, 0) * 100 + digits(text, 2)
  const month = digits(text, 5)
  const day = digits(text, 8)
  const hour = digits(text, 11)
  const minute = digits(text, 14)
  const second = digits(text, 17)
  if (hour > 23 || minute > 59 || second > 59) return 'TIME_INVALID'
  if (day < 1 || day > daysIn(year, month)) return 'TIME_INVALID'
  if (year < FIRST_YEAR || year > LAST_YEAR) return 'TIME_OUT_OF_RANGE'
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecondsOf(text))
}

const ZERO = 48

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

function millisecondsOf(text: string): number {
  if (text.length === 'YYYY-MM-DDTHH:MM:SSZ'.length) return 0
  return Number(text.slice(20, -1).slice(0, 3).padEnd(3, '0'))
}
