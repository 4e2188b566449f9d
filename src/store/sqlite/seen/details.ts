import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { VarintReader, VarintWriter } from '../varint.ts'

/** Stands for `null` among actor values. */
export const NONE = 0
/** Stands for a value of a window past the cap, which is not kept. */
export const WITHHELD = 1

/** Number by which an actor value is kept, beside `NONE` and `WITHHELD`. */
export const keptValue = (ref: number): number => ref + 1
/** Row of an actor value in `actor_value`. */
export const valueRef = (kept: number): number => kept - 1

/** What was counted of an event beside its key: rows of series, code and values, so that it can be taken back. */
export interface Details {
  series: number
  code: number
  identity: number
  agent: number
  resource: number
  /** 1: the call only reads. */
  readOnly: number
}

const COLUMNS = ['series', 'code', 'identity', 'agent', 'resource', 'readOnly'] as const
/** Numbers an event, in the order of `Details`. */
export const DETAIL_WORDS = COLUMNS.length

/** A file's details are a kilobyte or two: preparing the usual buffers would take longer than filling them. */
const SMALL = { level: 1, windowBits: 12, memLevel: 6, chunkSize: 4096 } as const

const writer = new VarintWriter()

/** Details of many events, one after the other, as varints, column by column, deflated: read only when something is corrected. */
export function detailsTo(details: Int32Array): Buffer {
  writer.clear()
  for (let column = 0; column < DETAIL_WORDS; column++) {
    for (let at = column; at < details.length; at += DETAIL_WORDS) writer.put(details[at] ?? 0)
  }
  return deflateRawSync(writer.bytes(), SMALL)
}

/** The same of events held one by one. */
export function detailsOfEvents(events: readonly Details[]): Buffer {
  const words = new Int32Array(events.length * DETAIL_WORDS)
  for (const [row, event] of events.entries()) {
    for (const [column, name] of COLUMNS.entries()) words[row * DETAIL_WORDS + column] = event[name]
  }
  return detailsTo(words)
}

/** The details kept in a blob, `length` of them. */
export function detailsFrom(blob: Uint8Array, length: number): Details[] {
  const reader = new VarintReader(inflateRawSync(blob))
  const details = Array.from({ length }, () => ({ ...BLANK }))
  for (const column of COLUMNS) for (const row of details) row[column] = reader.take()
  return details
}

const BLANK: Details = { series: 0, code: 0, identity: 0, agent: 0, resource: 0, readOnly: 0 }
