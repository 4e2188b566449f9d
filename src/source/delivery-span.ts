import type { ObjectName } from './object-name.ts'

/** When what is wanted was delivered, epoch milliseconds: from then on, and up to the end of the day after `untilMs`, since a file may be delivered a day after its events. */
export interface DeliverySpan {
  readonly fromMs: number
  readonly untilMs: number
}

const DAY_MS = 86_400_000
/** Days from that of `untilMs` to the first that is not wanted. */
const LATE_DAYS = 2
/** No name is of a later year than 2100, and days of years beyond 9999 do not sort. */
const END_MS = Date.UTC(2101, 0, 1)
/** Where CloudTrail's layout has folders of years, months and days. */
const DATED_FOLDER = /\/CloudTrail(?:-[A-Za-z]+)?\/[a-z0-9-]+\/(\d{4}(?:\/\d{2}){0,2})$/

/** The days in whose folders it lies, `2026/10/21`: the first, and the first beyond it. */
export function daysOf(span: DeliverySpan): { readonly first: string; readonly beyond: string } {
  return { first: dayPath(span.fromMs), beyond: dayPath(beyondMs(span)) }
}

/** Whether a file was delivered then, as its name says. What no name tells may have been. */
export function isDelivered(name: ObjectName | null, span: DeliverySpan): boolean {
  return name === null || (name.stampMs >= span.fromMs && name.stampMs < beyondMs(span))
}

/** Whether a folder may hold what was delivered then: all may but those of other years, months and days in CloudTrail's layout. */
export function mayHoldDelivered(folder: string, span: DeliverySpan): boolean {
  const date = DATED_FOLDER.exec(folder)?.[1]
  if (date === undefined) return true
  const { first, beyond } = daysOf(span)
  return date >= first.slice(0, date.length) && date < beyond
}

/** `2026/10/21`, as keys have it. */
function dayPath(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10).replaceAll('-', '/')
}

function beyondMs({ untilMs }: DeliverySpan): number {
  return Math.floor(Math.min(untilMs, END_MS) / DAY_MS + LATE_DAYS) * DAY_MS
}
