import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import type { Stamp } from './calendar-event.ts'
import { clockMsOf, clockTime } from './zone.ts'

/** Times a rule is followed at most: hourly, that is for 22 years. */
const MOST_TIMES = 200_000

/** What is wrong with a rule (RRULE of RFC 5545, without its name); null: nothing. */
export function ruleProblem(text: string): string | null {
  const frequency = /(?:^|;)FREQ=([A-Z]+)/i.exec(text)?.[1]?.toUpperCase()
  if (frequency === undefined) {
    return `the rule ${text} has no FREQ: write it like FREQ=WEEKLY;BYDAY=SU`
  }
  if (frequency === 'SECONDLY' || frequency === 'MINUTELY' || /BYSECOND/i.test(text)) {
    return `the rule ${text} repeats more than hourly: let one longer event stand for it`
  }
  if (/(?:COUNT|INTERVAL)=0*(?:;|$)/i.test(text)) {
    return `the rule ${text} has a COUNT or an INTERVAL of 0: write 1 or more`
  }
  try {
    ICAL.Recur.fromString(text).iterator(clockTime(0))
    return null
  } catch (error) {
    return `the rule ${text} cannot be read (${(error as Error).message})`
  }
}

/**
 * The times of a rule in order, as the clocks show them, from its start on until `isLate` says so of a moment (epoch
 * milliseconds) or the rule ends.
 * Throws where it would go on for more than 200 000 times.
 */
export function* timesOf(
  text: string,
  start: Stamp,
  isLate: (atMs: number) => boolean,
): Generator<Stamp> {
  const rule = ICAL.Recur.fromString(text)
  const isOver = untilOf(text, start.isDate)
  // ical.js compares its end without zones.
  rule.until = null as unknown as ICAL.Time
  const times = rule.iterator(clockTime(start.clockMs, start.isDate))
  for (let count = 0; count < MOST_TIMES; count++) {
    const next = times.next() as ICAL.Time | null
    if (next === null) return
    const stamp = { ...start, clockMs: clockMsOf(next) }
    const atMs = stamp.zone(stamp.clockMs)
    if (isLate(atMs) || isOver(stamp.clockMs, atMs)) return
    yield stamp
  }
  throw new RangeError(`the rule ${text} came more than ${MOST_TIMES} times: let it begin later`)
}

/** Whether a time lies behind the rule's UNTIL: a day, a moment, or a time of the event's own zone. */
function untilOf(text: string, isDate: boolean): (clockMs: number, atMs: number) => boolean {
  const until = /(?:^|;)UNTIL=([0-9TZ]+)/i.exec(text)?.[1]?.toUpperCase()
  if (until === undefined) return () => false
  const untilMs = DateTime.fromISO(until.replace('Z', ''), { zone: 'utc' }).toMillis()
  if (until.length === 8 || isDate) {
    return (clockMs) => Math.floor(clockMs / 86_400_000) > Math.floor(untilMs / 86_400_000)
  }
  return until.endsWith('Z') ? (_, atMs) => atMs > untilMs : (clockMs) => clockMs > untilMs
}
