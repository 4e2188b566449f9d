import { createHash } from 'node:crypto'
import type { Insight, InsightCategory } from './insight.ts'

/** What an insight is about; two insights that agree in all of it are one. */
export type InsightSubject = Pick<
  Insight,
  | 'account'
  | 'region'
  | 'category'
  | 'eventSource'
  | 'eventName'
  | 'insightType'
  | 'errorCode'
  | 'direction'
  | 'startMs'
>

/** One API of one account and Region. */
export interface ApiOfAccount {
  readonly account: string
  readonly region: string
  readonly category: InsightCategory
  readonly eventSource: string
  readonly eventName: string
}

/** The id of an insight (AWS's `sharedEventID`): UUID version 8, from what it is about and nothing else. */
export function insightId(about: InsightSubject): string {
  const { account, region, category, eventSource, eventName } = about
  const { insightType, errorCode, direction, startMs } = about
  const api = [account, region, category, eventSource, eventName]
  return uuidOf(['insight', ...api, insightType, errorCode, direction, startMs])
}

/**
 * The `eventID` of an insight's Start or End record: UUID version 8.
 * @param id the insight's id
 */
export function recordId(id: string, state: 'Start' | 'End'): string {
  return uuidOf(['record', id, state])
}

/**
 * The id of an incident: UUID version 8.
 * @param firstMember id of the insight that opened it
 */
export function incidentId(firstMember: string): string {
  return uuidOf(['incident', firstMember])
}

/**
 * The id of a message about an incident: UUID version 8, the same until the message was taken.
 * @param told marks of what was told of the incident before
 */
export function messageId(incident: string, told: readonly string[]): string {
  return uuidOf(['message', incident, ...told])
}

/** The public id of a series: the first 16 hexadecimal digits of a SHA-256 of its key. */
export function seriesId(api: ApiOfAccount): string {
  const { account, region, category, eventSource, eventName } = api
  const parts = ['series', account, region, category, eventSource, eventName]
  return digestOf(parts).toString('hex').slice(0, 16)
}

/** RFC 9562 §5.8: 122 bits of the hash around the version and variant bits. */
function uuidOf(parts: readonly (string | number | null)[]): string {
  const hex = digestOf(parts).toString('hex')
  const variant = (0x8 | (Number.parseInt(hex.charAt(16), 16) & 0x3)).toString(16)
  const third = `8${hex.slice(13, 16)}`
  const fourth = `${variant}${hex.slice(17, 20)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${third}-${fourth}-${hex.slice(20, 32)}`
}

/** JSON text keeps the parts apart whatever characters they hold, and tells null from 'null'. */
function digestOf(parts: readonly (string | number | null)[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}
