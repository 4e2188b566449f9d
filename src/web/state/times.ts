/** How moments are written: in UTC or in the browser's zone. */
export interface Times {
  readonly zone: string
  /** `2026-10-04 04:10` */
  readonly moment: (ms: number) => string
  /** `2026-10-04 04:10:05` */
  readonly second: (ms: number) => string
  /** `4 Oct` */
  readonly day: (ms: number) => string
  /** `4 Oct 04:10` */
  readonly short: (ms: number) => string
  /** `2026-10-04T04:10`, as date fields have it. */
  readonly field: (ms: number) => string
  /** Reads such a field. */
  readonly fromField: (text: string) => number | null
}

const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

/** Times in the zone of the browser, or in UTC. */
export function timesIn({ isLocal }: { readonly isLocal: boolean }): Times {
  const zone = isLocal ? new Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC'
  const parts = new Intl.DateTimeFormat('en-GB', { ...PARTS, timeZone: zone })
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: zone })
  const field = (ms: number): string => {
    const of = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, value]))
    return `${of['year']}-${of['month']}-${of['day']}T${of['hour']}:${of['minute']}`
  }
  return {
    zone,
    moment: (ms) => field(ms).replace('T', ' '),
    second: (ms) => `${field(ms).replace('T', ' ')}:${new Date(ms).toISOString().slice(17, 19)}`,
    day: (ms) => day.format(ms),
    short: (ms) => `${day.format(ms)} ${field(ms).slice(11)}`,
    field,
    fromField: (text) => {
      const ms = Date.parse(isLocal ? text : `${text}Z`)
      return Number.isFinite(ms) ? ms : null
    },
  }
}

const MINUTE_MS = 60_000

/** `25 min`, `5 h 5 min`, `3 d 2 h`. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS)
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ]
  if (days > 0) return `${days} d${hours > 0 ? ` ${hours} h` : ''}`
  if (hours > 0) return `${hours} h${rest > 0 ? ` ${rest} min` : ''}`
  return `${rest} min`
}
