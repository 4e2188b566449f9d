import { decode } from '../fields/text.ts'
import { hasTrailMark } from '../intake.ts'
import { isConsoleHeader } from './csv-reader.ts'
import { isBlank } from './document-reader.ts'
import { JsonCheck } from './json-check.ts'

/** What a file holds, by its content alone. */
export type Content = 'document' | 'lines' | 'csv' | 'empty' | 'not UTF-8' | 'foreign'

/** Bytes of a file's beginning that decide what it is. */
export const PROBE_BYTES = 256 * 1024

/**
 * What the bytes at the beginning of a file (without its UTF-8 BOM) say of it. JSON lines and one JSON document look
 * alike: it is lines if the first line is JSON by itself and more follow, or if the beginning is no JSON document but
 * some line is a record by itself.
 * @param isWhole whether this is all of the file
 */
export function detectContent(probe: Uint8Array, isWhole: boolean): Content {
  if (isWide(probe)) return isWideTrail(probe) ? 'not UTF-8' : 'foreign'
  const start = probe.findIndex((byte) => !isBlank(byte))
  if (start < 0) return isWhole ? 'empty' : 'foreign'
  const bytes = probe.subarray(start)
  const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b
  if (isJson && !bytes.includes(NEW_LINE)) return 'document'
  const lines = linesOf(bytes, isWhole)
  if (isJson) return isJsonLines(bytes, lines) ? 'lines' : 'document'
  if (isConsoleHeader(lines[0] ?? '')) return 'csv'
  return isMostlyRecords(lines) ? 'lines' : 'foreign'
}

/** The bytes without the UTF-8 byte order mark. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

const NEW_LINE = 0x0a
const WIDE_MARKS = ['fffe', 'feff', '0000feff']

function isWide(probe: Uint8Array): boolean {
  const start = Buffer.from(probe.subarray(0, 4)).toString('hex')
  return WIDE_MARKS.some((mark) => start.startsWith(mark)) || probe.subarray(0, 4).includes(0)
}

/** Whether it would be worth reading after conversion; other wide text, and binary data, is none of ours. */
function isWideTrail(probe: Uint8Array): boolean {
  const narrow = probe.filter((byte) => byte !== 0 && byte < 0x80)
  const text = decode(narrow).trimStart()
  return /^[{[]/.test(text) || isConsoleHeader(text.split(/\r?\n/, 1)[0] ?? '')
}

/** The lines that are complete in the probe and not blank. */
function linesOf(bytes: Uint8Array, isWhole: boolean): readonly string[] {
  const lines = decode(bytes).split(/\r?\n/)
  if (!isWhole) lines.pop()
  return lines.filter((line) => line.trim() !== '')
}

function isJsonLines(bytes: Uint8Array, lines: readonly string[]): boolean {
  const [first, ...others] = lines
  if (first === undefined || others.length === 0) return false
  if (isContainer(first)) return true
  return !beginsDocument(bytes) && others.some((line, at) => isOwnLine(line, lines[at] ?? ''))
}

/** Whether a line is a record by itself and not a piece of a document laid out over several lines. */
function isOwnLine(line: string, before: string): boolean {
  return !/[,{[:]\s*$/.test(before) && isRecordLine(line)
}

function isMostlyRecords(lines: readonly string[]): boolean {
  const found = lines.filter(isRecordLine).length
  return found > 0 && found * 2 >= lines.length
}

function isRecordLine(line: string): boolean {
  return hasTrailMark(line) && isContainer(line)
}

function isContainer(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

function beginsDocument(bytes: Uint8Array): boolean {
  const check = new JsonCheck()
  const end = check.feed(bytes, 0)
  return check.status !== 'invalid' && bytes.subarray(end).every(isBlank)
}
