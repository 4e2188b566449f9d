// Walks one record: finds the fields that count, passes over the rest, and says whether that was all in plain sight.

import { closingBracket, closingQuote, mayBeEscaped } from './blocks'
import { ARN, clearFields, EMBEDDED, FIELDS, IDENTITY, NONE, placeOf, put, RESOURCES } from './fields'
import { callerFieldOf, fieldOf } from './keys'
import { fieldOfKey, Keys, sizeOf } from './predictions'
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
let recordKeys = changetype<Keys>(0)
let callerKeys = changetype<Keys>(0)
/** Of the key that `passKey` passed last. */
let passedEntry: usize = 0
let passedField: u32 = NONE

export function openRecords(): void {
  recordKeys = new Keys()
  callerKeys = new Keys()
}

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

/** Goes through the object that opens at `at`; gives the place behind it, or 0: no such. */
export function passRecord(at: usize): usize {
  isPlain = true
  clearFields()
  return load<u8>(at) == OPEN_OBJECT ? passMembers(at, recordKeys) : 0
}

function passCaller(at: usize): usize {
  note(IDENTITY, at, 0, VALUE)
  return passMembers(at, callerKeys)
}

function passMembers(opens: usize, keys: Keys): usize {
  let at = behindBlanks(opens + 1)
  if (load<u8>(at) == CLOSE_OBJECT) return at + 1
  let entry = keys.at
  let field: u32 = NONE
  while (true) {
    const predicted = keys.predicted(entry, at)
    if (predicted != keys.at) {
      entry = predicted
      field = fieldOfKey(entry)
      at = behindBlanks(at + sizeOf(entry))
    } else {
      at = passKey(at, keys, entry)
      if (at == 0) return 0
      entry = passedEntry
      field = passedField
    }
    // Of a caller no field is the identity.
    at = field == IDENTITY && load<u8>(at) == OPEN_OBJECT ? passCaller(at) : passValue(at, field)
    if (at == 0) return 0
    at = behindBlanks(at)
    const byte = load<u8>(at)
    if (byte == COMMA) at = behindBlanks(at + 1)
    else return byte == CLOSE_OBJECT ? at + 1 : 0
  }
  return 0
}

/** Passes over a key that was not predicted, and its colon: the place of its value, or 0. */
function passKey(at: usize, keys: Keys, before: usize): usize {
  if (load<u8>(at) != QUOTE) return 0
  const from = at + 1
  const end = closingQuote(from)
  if (end == 0) return 0
  const length = end - from
  const isKnown = !(mayBeEscaped(from, end) && hasBackslash(from, end))
  if (!isKnown) isPlain = false
  passedField = !isKnown
    ? NONE
    : keys == callerKeys
      ? callerFieldOf(from, <u32>length)
      : fieldOf(from, <u32>length)
  const colon = behindBlanks(end + 1)
  if (load<u8>(colon) != COLON) return 0
  const isPlainKey = isKnown && colon == end + 1
  passedEntry = isPlainKey ? keys.learn(before, at, length, passedField) : keys.at
  return behindBlanks(colon + 1)
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
  const from = at + 1
  const end = closingQuote(from)
  if (end == 0) return 0
  if (field != NONE) noteString(field, from, end)
  return end + 1
}

function noteString(field: u32, from: usize, end: usize): void {
  if (field == RESOURCES) note(field, from, 0, VALUE)
  else if (field < IDENTITY) {
    const isCut = field == ARN && !mayBeEscaped(from, end)
    note(field, from, (isCut ? withoutSession(from, end) : end) - from, STRING)
  } else isPlain = false
}

function passNested(at: usize, field: u32): usize {
  const closes = load<u8>(at) == OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY
  const end = closingBracket(at + 1)
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
