import { DateTime, Duration } from 'luxon'
import { Fault } from './fault.ts'

const AGO = /^(\d{1,5})(m|h|d|w)$/
const UNIT = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks' } as const

/**
 * A moment as people name it: RFC 3339 (a zone is required unless it is a bare date, which is midnight UTC), `30d`,
 * `24h`, `90m`, `4w` (that long before `nowMs`), `now`, `today`, `yesterday` (UTC midnights). Epoch milliseconds.
 * Throws `USAGE` with examples.
 */
export function parseMoment(text: string, nowMs: number): number {
  const now = DateTime.fromMillis(nowMs, { zone: 'utc' })
  if (text === 'now') return nowMs
  if (text === 'today') return now.startOf('day').toMillis()
  if (text === 'yesterday') return now.startOf('day').minus({ days: 1 }).toMillis()
  const [, amount, unit] = AGO.exec(text) ?? []
  if (amount !== undefined) {
    return now
      .minus(Duration.fromObject({ [UNIT[unit as keyof typeof UNIT]]: Number(amount) }))
      .toMillis()
  }
  const parsed = DateTime.fromISO(text, { setZone: true })
  const zoned = /^\d{4}-\d{2}-\d{2}$/.test(text) || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
  if (parsed.isValid && zoned && hasFourDigitYear(parsed)) {
    return text.length === 10
      ? DateTime.fromISO(text, { zone: 'utc' }).toMillis()
      : parsed.toMillis()
  }
  throw new Fault(
    'USAGE',
    `'${text}' is no moment Offtrail can read: write 2026-10-21T02:35:00Z, 2026-10-21, 30d, 24h, 90m, now, today or yesterday`,
  )
}

/** A length of time as people write it: `30s`, `5m`, `2h`, `1d`, `1w`. Milliseconds. Throws `USAGE`. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([smhdw])$/.exec(text) ?? []
  if (amount === undefined)
    throw new Fault('USAGE', `'${text}' is no length of time: write 30s, 5m or 2h`)
  const units = { s: 'seconds', ...UNIT } as const
  return Duration.fromObject({ [units[unit as keyof typeof units]]: Number(amount) }).toMillis()
}

/** RFC 3339 knows no other years. ISO 8601's reach the first and last moment of a `Date`, beside which nothing lies. */
function hasFourDigitYear(moment: DateTime): boolean {
  const { year } = moment.toUTC()
  return year >= 1 && year <= 9_999
}

/** RFC 3339 in UTC: whole seconds without a fraction, otherwise milliseconds. */
export function rfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('.000Z', 'Z')
}

/** `10-21 02:35`, UTC: short, for tables. */
export function shortTime(timeMs: number): string {
  return rfc3339(timeMs).slice(5, 16).replace('T', ' ')
}

/** `on Mondays at 10:00 UTC`, for the hour of the week a window lies in. */
export function weekHour(timeMs: number): string {
  const at = DateTime.fromMillis(timeMs, { zone: 'utc' })
  return `on ${at.setLocale('en').toFormat('EEEE')}s at ${at.toFormat('HH')}:00 UTC`
}
