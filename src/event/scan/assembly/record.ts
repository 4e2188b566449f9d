// Walks one record: finds the fields that count, passes over the rest, and says whether that was all in plain sight.

import { closingBracket, closingQuote, mayBeEscaped, next } from './blocks'
import { ARN, clearFields, EMBEDDED, FIELDS, IDENTITY, NONE, placeOf, put, RESOURCES } from './fields'
import { callerFieldOf, fieldOf } from './keys'
import { withoutSession } from './session'
import { STRING, VALUE } from './texts'

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c
const COLON: u8 = 0x3a
const COMMA: u8 = 0x2c
const OPEN_OBJECT: u8 = 0x7b
const CLOSE_OBJECT: u8 = 0x7d
const OPEN_ARRAY: u8 = 0x5b
const CLOSE_ARRAY: u8 = 0x5d
const NULL_WORD: u32 = 0x6c6c756e

/** False: the record passed last holds something that only the plain parser may judge. */
let isPlain: bool = true

export function wasPlain(): bool {
  return isPlain
}

/** The place behind JSON's white space. */
@inline
export function behindBlanks(at: usize): usize {
  let byte = load<u8>(at)
  while (byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09)) {
    at++
    byte = load<u8>(at)
  }
  return at
}

/** Goes through the object that opens at `at`, a bracket not yet passed; gives the place behind it, or 0: no such. */
export function passRecord(at: usize): usize {
  isPlain = true
  clearFields()
  if (load<u8>(at) != OPEN_OBJECT || next() != at) return 0
  at = behindBlanks(at + 1)
  if (load<u8>(at) == CLOSE_OBJECT) return next() == at ? at + 1 : 0
  while (true) {
    if (load<u8>(at) != QUOTE || next() != at) return 0
    const key = at + 1
    const keyEnd = closingQuote()
    if (keyEnd == 0) return 0
    const isKnown = !(mayBeEscaped() && hasBackslash(key, keyEnd))
    if (!isKnown) isPlain = false
    const field = isKnown ? fieldOf(key, <u32>(keyEnd - key)) : NONE
    at = behindBlanks(keyEnd + 1)
    if (load<u8>(at) != COLON) return 0
    at = behindBlanks(at + 1)
    at = field == IDENTITY && load<u8>(at) == OPEN_OBJECT ? passCaller(at) : passValue(at, field)
    if (at == 0) return 0
    at = behindBlanks(at)
    const byte = load<u8>(at)
    if (byte == COMMA) at = behindBlanks(at + 1)
    else return byte == CLOSE_OBJECT && next() == at ? at + 1 : 0
  }
  return 0
}

function passCaller(at: usize): usize {
  note(IDENTITY, at, 0, VALUE)
  if (next() != at) return 0
  at = behindBlanks(at + 1)
  if (load<u8>(at) == CLOSE_OBJECT) return next() == at ? at + 1 : 0
  while (true) {
    if (load<u8>(at) != QUOTE || next() != at) return 0
    const key = at + 1
    const keyEnd = closingQuote()
    if (keyEnd == 0) return 0
    const isKnown = !(mayBeEscaped() && hasBackslash(key, keyEnd))
    if (!isKnown) isPlain = false
    const field = isKnown ? callerFieldOf(key, <u32>(keyEnd - key)) : NONE
    at = behindBlanks(keyEnd + 1)
    if (load<u8>(at) != COLON) return 0
    at = passValue(behindBlanks(at + 1), field)
    if (at == 0) return 0
    at = behindBlanks(at)
    const byte = load<u8>(at)
    if (byte == COMMA) at = behindBlanks(at + 1)
    else return byte == CLOSE_OBJECT && next() == at ? at + 1 : 0
  }
  return 0
}

/** Passes over a value and notes it under its field. */
@inline
function passValue(at: usize, field: u32): usize {
  const byte = load<u8>(at)
  if (byte == QUOTE) return passString(at, field)
  if (byte == OPEN_OBJECT || byte == OPEN_ARRAY) return passNested(at, field)
  return passScalar(at, field)
}

@inline
function passString(at: usize, field: u32): usize {
  if (next() != at) return 0
  const from = at + 1
  const end = closingQuote()
  if (end == 0) return 0
  if (field != NONE) noteString(field, from, end)
  return end + 1
}

function noteString(field: u32, from: usize, end: usize): void {
  if (field == RESOURCES) note(field, from, 0, VALUE)
  else if (field < IDENTITY) {
    const isCut = field == ARN && !mayBeEscaped()
    note(field, from, (isCut ? withoutSession(from, end) : end) - from, STRING)
  } else isPlain = false
}

function passNested(at: usize, field: u32): usize {
  if (next() != at) return 0
  const closes = load<u8>(at) == OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY
  const end = closingBracket()
  if (end == 0 || load<u8>(end) != closes) return 0
  if (field == RESOURCES) note(field, at, closes == CLOSE_ARRAY ? end + 1 - at : 0, VALUE)
  else if (field != NONE) isPlain = false
  return end + 1
}

function passScalar(at: usize, field: u32): usize {
  const end = scalarEnd(at)
  if (end == at) return 0
  if (field != NONE) noteScalar(field, at, end)
  return end
}

function noteScalar(field: u32, at: usize, end: usize): void {
  const isNull = end - at == 4 && load<u32>(at) == NULL_WORD
  if (field < RESOURCES) note(field, at, end - at, VALUE)
  else if (field < FIELDS && isNull) note(field, at, 0, VALUE)
  else if (field == EMBEDDED || !isNull) isPlain = false
}

/** Of a field that comes twice the last counts, but all must be JSON. */
@inline
function note(field: u32, at: usize, length: usize, kind: u32): void {
  if (placeOf(field) != 0) isPlain = false
  put(field, at, length, kind)
}

/** Behind letters, digits, signs and points. */
function scalarEnd(at: usize): usize {
  while (true) {
    const byte = <u32>load<u8>(at)
    const isWord = byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26
    if (!isWord && byte != 0x2d && byte != 0x2b && byte != 0x2e) return at
    at++
  }
  return at
}

function hasBackslash(from: usize, end: usize): bool {
  for (let at = from; at < end; at++) if (load<u8>(at) == BACKSLASH) return true
  return false
}
