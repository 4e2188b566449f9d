// The fields of a record that count, and where each was found.

import { take } from './memory'
import { isText, numberOfText, STRING, VALUE } from './texts'

// Those that decide about series, code, category and kind, in the order of a tuple.
export const SOURCE: u32 = 0
export const NAME: u32 = 1
export const REGION: u32 = 2
export const RECIPIENT: u32 = 3
/** Of the caller; asked only where there is no recipient. */
export const CALLER_ACCOUNT: u32 = 4
export const ERROR: u32 = 5
export const CATEGORY: u32 = 6
export const MANAGEMENT: u32 = 7
export const TYPE: u32 = 8
export const READ_ONLY: u32 = 9
export const SERIES_FIELDS: u32 = 10
// Those that decide who called, in the order of a tuple; the account comes behind them, and one place stays empty.
export const ARN: u32 = 10
export const INVOKED_BY: u32 = 11
export const USER_NAME: u32 = 12
export const CALLER_TYPE: u32 = 13
export const CALLER_FIELDS: u32 = 6
export const AGENT: u32 = 14
export const TIME: u32 = 15
export const ID: u32 = 16
export const RESOURCES: u32 = 17
export const IDENTITY: u32 = 18
export const FIELDS: u32 = 19
// Not kept, but of consequence.
/** A record with this needs the plain parser, unless it is null. */
export const ADDENDUM: u32 = 19
/** A record with this is something else around a record. */
export const EMBEDDED: u32 = 20
export const NONE: u32 = 21

// By field, 8 bytes: where its value is (0: absent), and its length with its kind in the highest bit.
const KIND_BIT: u32 = 31
const LENGTH_MASK: u32 = 0x7fffffff
const PLACES_BYTES: usize = 160
let places: usize = 0
/** By field and end of its text: the number it had last, which it often has again. */
let lastNumbers: usize = 0
const MEMO_BITS: usize = 10

export function openFields(): void {
  places = take(PLACES_BYTES)
  lastNumbers = take((<usize>FIELDS << MEMO_BITS) << 2)
}

@inline
export function clearFields(): void {
  const none = i64x2.splat(0)
  for (let at: usize = 0; at < PLACES_BYTES; at += 32) {
    v128.store(places + at, none)
    v128.store(places + at, none, 16)
  }
}

@inline
export function put(field: u32, at: usize, length: usize, kind: u32): void {
  const place = places + (<usize>field << 3)
  store<u32>(place, <u32>at)
  store<u32>(place, <u32>length | (kind << KIND_BIT), 4)
}

@inline
export function placeOf(field: u32): usize {
  return load<u32>(places + (<usize>field << 3))
}

@inline
export function lengthOf(field: u32): u32 {
  return load<u32>(places + (<usize>field << 3), 4) & LENGTH_MASK
}

@inline
export function isString(field: u32): bool {
  return load<u32>(places + (<usize>field << 3), 4) >> KIND_BIT == STRING
}

/** The number of a field's text; 0: it is absent. */
export function numberOf(field: u32): u32 {
  const at = placeOf(field)
  if (at == 0) return 0
  const length = lengthOf(field)
  const kind: u32 = isString(field) ? STRING : VALUE
  const tail = (load<u64>(at + length - 8) ^ <u64>length) * 0xff51afd7ed558ccd
  const memo = lastNumbers + (((<usize>field << MEMO_BITS) + <usize>(tail >> (64 - MEMO_BITS))) << 2)
  const last = load<u32>(memo)
  if (last != 0 && isText(last, at, length, kind)) return last
  const number = numberOfText(at, length, kind)
  store<u32>(memo, number)
  return number
}
