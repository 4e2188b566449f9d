/** Counts are kept in 32 bits. */
export const LARGEST_COUNT = 2 ** 31 - 1

const WHOLE = /^\d{1,10}(?:\.0*)?$/
const UTC = /^(\d{4}-\d\d-(\d\d))(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?(?:Z|\+00:?00| UTC))?$/
const FIRST_MS = Date.UTC(1970, 0, 1)
const UNTIL_MS = Date.UTC(2200, 0, 1)

/** A count as tables write it, `12` or `12.0`, from 0 to `LARGEST_COUNT`; null: it is none. */
export function wholeOf(text: string): number | null {
  if (!WHOLE.test(text)) return null
  const count = Number(text)
  return count <= LARGEST_COUNT ? count : null
}

/**
 * Epoch milliseconds of a time in UTC by ISO 8601, `2026-09-07T10:00:00Z`, as Python (`+00:00`) and Athena
 * (`2026-09-07 10:00:00.000 UTC`) write it, too; a bare date is its midnight. null: it is none, or no day of the calendar,
 * or before 1970, or after 2199. A time without zone is none: whoever wrote it may have meant another.
 */
export function utcOf(text: string): number | null {
  const [, date, day, time = '00:00'] = UTC.exec(text) ?? []
  if (date === undefined) return null
  const timeMs = Date.parse(`${date}T${time}Z`)
  // The engine takes February 30 for March 2.
  if (!(timeMs >= FIRST_MS && timeMs < UNTIL_MS)) return null
  return new Date(timeMs).getUTCDate() === Number(day) ? timeMs : null
}
