// From the bytes of a trail file to rows of numbers. What it cannot prove, it says: the plain reader decides then.

import { closingQuote, hasControl, openBlocks, start } from './blocks'
import {
  AGENT, ARN, CALLER_ACCOUNT, CALLER_FIELDS, CALLER_TYPE, CATEGORY, ID, isString, lengthOf, numberOf, openFields,
  placeOf, RECIPIENT, RESOURCES, SERIES_FIELDS, TIME,
} from './fields'
import { isAccount, OTHER_FORM, secondsOf, writeGuid } from './fixed-forms'
import { PADDING, take } from './memory'
import { behindBlanks, openRecords, passRecord, wasPlain } from './record'
import { firstArn } from './resources'
import { openTexts, textBytes, textCount, textsAt } from './texts'
import { Tuples } from './tuples'

const RECORDS_WORD: u64 = 0x7364726f636552 // Records
const RECORDS_BYTES: usize = 7
const DATA_WORD: u32 = 0x61746144 // Data
const ROW_BITS: usize = 6
const NOT_PROVEN: i32 = -1

let input: usize = 0
let rows: usize = 0
let rowLimit: u32 = 0
let rowCount: u32 = 0
let words: usize = 0
let series = changetype<Tuples>(0)
let callers = changetype<Tuples>(0)

/** Makes room for files of `capacity` bytes. Once, before anything else. */
export function open(capacity: u32, rowsAtMost: u32, seed: u64): void {
  input = take(<usize>capacity + PADDING)
  rowLimit = rowsAtMost
  rows = take((<usize>rowsAtMost) << ROW_BITS)
  words = take((<usize>SERIES_FIELDS) << 2)
  openBlocks()
  openRecords()
  openFields()
  openTexts(seed)
  series = new Tuples(SERIES_FIELDS)
  callers = new Tuples(CALLER_FIELDS)
}

export function inputAt(): usize {
  return input
}

export function rowsAt(): usize {
  return rows
}

export function seriesAt(): usize {
  return series.at
}

export function seriesCount(): u32 {
  return series.count
}

export function callersAt(): usize {
  return callers.at
}

export function callerCount(): u32 {
  return callers.count
}

export { textBytes, textCount, textsAt }

/**
 * Reads `{"Records":[…]}` of `length` bytes to its end: the number of rows, or -1 where it is anything else. A row is
 * for the plain parser where the event is later than `latest` (seconds since the epoch); a longer record than
 * `recordBytes` proves nothing.
 */
export function scan(length: u32, latest: f64, recordBytes: u32): i32 {
  // Behind the blanks a byte that is no JSON: nothing is read past it.
  memory.fill(input + length, 0x20, PADDING - 1)
  store<u8>(input + length + PADDING - 1, 0)
  rowCount = 0
  start(input, length)
  let at = behindBlanks(input)
  if (load<u8>(at) != 0x7b) return NOT_PROVEN
  at = behindBlanks(at + 1)
  if (load<u8>(at) != 0x22) return NOT_PROVEN
  if (closingQuote(at + 1) != at + 1 + RECORDS_BYTES) return NOT_PROVEN
  if (load<u64>(at + 1) << 8 != RECORDS_WORD << 8) return NOT_PROVEN
  at = behindBlanks(at + 2 + RECORDS_BYTES)
  if (load<u8>(at) != 0x3a) return NOT_PROVEN
  at = passRecords(behindBlanks(at + 1), latest, recordBytes)
  if (at == 0) return NOT_PROVEN
  at = behindBlanks(at)
  if (load<u8>(at) != 0x7d) return NOT_PROVEN
  if (behindBlanks(at + 1) < input + length || hasControl()) return NOT_PROVEN
  return <i32>rowCount
}

function passRecords(at: usize, latest: f64, recordBytes: u32): usize {
  if (load<u8>(at) != 0x5b) return 0
  at = behindBlanks(at + 1)
  if (load<u8>(at) == 0x5d) return at + 1
  while (true) {
    const end = passRecord(at)
    if (end == 0 || <u32>(end - at) > recordBytes || rowCount == rowLimit) return 0
    writeRow(at, end, latest)
    at = behindBlanks(end)
    const byte = load<u8>(at)
    if (byte == 0x2c) at = behindBlanks(at + 1)
    else return byte == 0x5d ? at + 1 : 0
  }
  return 0
}

/**
 * A row is 16 words: series, second, caller, agent, 4 of the id, record and its length, resources and their length, and
 * the text of the first ARN in the resources, where it is in plain sight: then they need not be looked at.
 */
function writeRow(at: usize, end: usize, latest: f64): void {
  const row = rows + (<usize>rowCount << ROW_BITS)
  rowCount += 1
  const seconds = isString(TIME) ? secondsOf(placeOf(TIME), lengthOf(TIME)) : OTHER_FORM
  const isRow =
    wasPlain() &&
    seconds != OTHER_FORM &&
    <f64>seconds <= latest &&
    isString(ID) &&
    writeGuid(placeOf(ID), lengthOf(ID), row + 16)
  store<u32>(row, isRow ? seriesNumber() : OTHER_FORM)
  store<u32>(row, seconds, 4)
  store<u32>(row, isRow ? callerNumber() : 0, 8)
  store<u32>(row, isRow ? numberOf(AGENT) : 0, 12)
  store<u32>(row, <u32>(at - input), 32)
  store<u32>(row, <u32>(end - at), 36)
  const resources: usize = lengthOf(RESOURCES) == 0 ? 0 : placeOf(RESOURCES)
  store<u32>(row, resources == 0 ? 0 : <u32>(resources - input), 40)
  store<u32>(row, lengthOf(RESOURCES), 44)
  store<u32>(row, isRow && resources != 0 && isDataEvent() ? firstArn(resources) : 0, 48)
}

/** Whether the record says so itself; resources of other calls are of no interest. */
function isDataEvent(): bool {
  return lengthOf(CATEGORY) == 4 && isString(CATEGORY) && load<u32>(placeOf(CATEGORY)) == DATA_WORD
}

function seriesNumber(): u32 {
  const hasRecipient = isString(RECIPIENT) && isAccount(placeOf(RECIPIENT), lengthOf(RECIPIENT))
  for (let field: u32 = 0; field < SERIES_FIELDS; field++) {
    const isAsked = field != CALLER_ACCOUNT || !hasRecipient
    store<u32>(words + ((<usize>field) << 2), isAsked ? numberOf(field) : 0)
  }
  return series.numberOf(words)
}

/** Of the caller only the ARN counts where there is one. */
function callerNumber(): u32 {
  const hasArn = isString(ARN) && lengthOf(ARN) > 0
  store<u32>(words, numberOf(ARN))
  for (let field = ARN + 1; field <= CALLER_TYPE; field++) {
    store<u32>(words + ((<usize>(field - ARN)) << 2), hasArn ? 0 : numberOf(field))
  }
  store<u32>(words, hasArn ? 0 : numberOf(CALLER_ACCOUNT), 16)
  store<u32>(words, 0, 20)
  return callers.numberOf(words)
}
