import { createHash } from 'node:crypto'
import type { SeriesKey } from '../event/api-call.ts'

export type { SeriesKey } from '../event/api-call.ts'

/** A series key as one unambiguous text, whatever characters its parts hold. */
export function seriesText(key: SeriesKey): string {
  const { account, region, category, eventSource, eventName } = key
  return JSON.stringify([account, region, category, eventSource, eventName])
}

/** 16 hexadecimal digits that name a series in every store: the first 8 bytes of the SHA-256 of its text. */
export function seriesId(key: SeriesKey): string {
  return createHash('sha256').update(seriesText(key)).digest('hex').slice(0, 16)
}

/** Order of series by account, Region, category, source and name, each by code unit. */
export function compareSeries(a: SeriesKey, b: SeriesKey): number {
  return (
    compareText(a.account, b.account) ||
    compareText(a.region, b.region) ||
    compareText(a.category, b.category) ||
    compareText(a.eventSource, b.eventSource) ||
    compareText(a.eventName, b.eventName)
  )
}

/** Order of two texts by code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
