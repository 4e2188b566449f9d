import { countsFault } from './counts-fault.ts'

/** Takes the fields of a row, and the line that the row begins on. */
export type OnRow = (fields: readonly string[], line: number) => void

/** A row longer than this many characters is a quote that nobody closed. */
const LONGEST_ROW = 2 ** 20
const FIELD_END = /[,\n]/g
const NOT_CLOSED =
  'a quote opened in this row is not closed: close it, and double quotes inside a value'
const BARE_RETURN =
  'a carriage return stands alone: end rows with LF or CRLF, and quote values that hold one'

interface Row {
  readonly fields: readonly string[]
  /** Where the next row begins. */
  readonly end: number
  readonly lines: number
}

interface Field {
  readonly value: string
  /** Of the comma or line feed behind it, or of the end of the text. */
  readonly end: number
}

/**
 * Reads CSV by RFC 4180 as its text comes in, in pieces of any size: fields in quotes may hold commas, line breaks and
 * doubled quotes; rows end in LF or CRLF; blank rows are none. What the RFC does not allow throws `COUNTS_INVALID`.
 */
export class RowReader {
  readonly #path: string
  readonly #onRow: OnRow
  /** Text of a row that has not ended yet. */
  #held = ''
  #line = 1

  constructor(path: string, onRow: OnRow) {
    this.#path = path
    this.#onRow = onRow
  }

  /** The line that the next row begins on. */
  get line(): number {
    return this.#line
  }

  push(text: string): void {
    this.#held = this.#read(this.#held + text, false)
    if (this.#held.length > LONGEST_ROW) throw this.#fault(NOT_CLOSED)
  }

  /** Reads the last row, which may lack its line feed. */
  end(): void {
    if (this.#read(this.#held, true) !== '') throw this.#fault(NOT_CLOSED)
  }

  /** Reads all whole rows; answers the rest. */
  #read(text: string, isLast: boolean): string {
    let at = 0
    while (at < text.length) {
      const row = this.#rowAt(text, at, isLast)
      if (row === null) break
      const isBlank = row.fields.length === 1 && row.end - at <= 2 && row.fields[0] === ''
      if (!isBlank) this.#onRow(row.fields, this.#line)
      this.#line += row.lines
      at = row.end
    }
    return text.slice(at)
  }

  /** The row that begins here; null where it may not have ended yet. */
  #rowAt(text: string, at: number, isLast: boolean): Row | null {
    const feed = text.indexOf('\n', at)
    if (feed < 0 && !isLast) return null
    const end = feed < 0 ? text.length : feed
    const line = text.slice(at, end)
    if (line.includes('"')) return this.#quotedRowAt(text, at, isLast)
    return { fields: this.#lineOf(line).split(','), end: end + 1, lines: 1 }
  }

  #quotedRowAt(text: string, from: number, isLast: boolean): Row | null {
    const fields: string[] = []
    let at = from
    for (;;) {
      const field = text[at] === '"' ? this.#quotedAt(text, at, isLast) : this.#plainAt(text, at)
      if (field === null) return null
      fields.push(field.value)
      at = field.end + 1
      if (text[field.end] === ',') continue
      if (field.end >= text.length && !isLast) return null
      return { fields, end: at, lines: text.slice(from, at).split('\n').length - 1 }
    }
  }

  #plainAt(text: string, from: number): Field {
    FIELD_END.lastIndex = from
    const end = FIELD_END.exec(text)?.index ?? text.length
    const field = text.slice(from, end)
    return { value: text[end] === ',' ? field : this.#lineOf(field), end }
  }

  /** A field in quotes; null where more text may change it. */
  #quotedAt(text: string, from: number, isLast: boolean): Field | null {
    let close = text.indexOf('"', from + 1)
    while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
    if (close < 0) return null
    const value = text.slice(from + 1, close).replaceAll('""', '"')
    const end = text.startsWith('\r\n', close + 1) ? close + 2 : close + 1
    if (end >= text.length || text[end] === ',' || text[end] === '\n') return { value, end }
    if (text[end] === '\r' && end + 1 === text.length)
      return isLast ? { value, end: end + 1 } : null
    throw this.#fault('a value goes on after its closing quote: double the quotes inside a value')
  }

  /** Text up to a line feed without the carriage return that belongs to it. */
  #lineOf(text: string): string {
    const at = text.indexOf('\r')
    if (at >= 0 && at < text.length - 1) throw this.#fault(BARE_RETURN)
    return at < 0 ? text : text.slice(0, at)
  }

  #fault(words: string): Error {
    return countsFault({ path: this.#path, line: this.#line }, words)
  }
}
