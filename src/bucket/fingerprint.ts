import { createHash } from 'node:crypto'
import type { SeriesKey } from './series-key.ts'

/** 47 bits about a series and error code: 32 in `high`, 15 in the upper part of `low`, whose lower 17 bits are free. */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

/**
 * 47 bits of the SHA-256 of Region, category, source, name and error code. Two records with one event id are the same event
 * only if these and the second of the day agree: a forged copy with another content cannot push out the real one.
 */
export function fingerprintOf(key: SeriesKey, errorCode: string | null): Fingerprint {
  const { region, category, eventSource, eventName } = key
  const text = JSON.stringify([region, category, eventSource, eventName, errorCode])
  const digest = createHash('sha256').update(text).digest()
  return { high: digest.readUInt32BE(0), low: (digest.readUInt32BE(4) & 0xfffe0000) >>> 0 }
}

const SECOND_BITS = 0x1ffff

/** The lower word of an event's fingerprint: 15 bits of its series and code, and the second of its day. */
export function withSecond(low: number, secondOfDay: number): number {
  return (low | secondOfDay) >>> 0
}

/** The second of the day (0 to 86399) in the lower word of an event's fingerprint. */
export function secondIn(low: number): number {
  return low & SECOND_BITS
}
