import { RECORD_FIELDS } from '../intake.ts'

/**
 * Counts the records that can still be told in bytes that follow damage: complete objects with at least two of a
 * record's fields, whatever stands around them. For reports only; none of them is read.
 */
export class RecordCounter {
  count = 0
  /** Fields of a record seen at each open level. */
  #levels: number[] = []
  #deeper = 0
  #text: number[] | null = null
  #isEscaped = false
  #lastText = ''

  /** Takes a chunk in. */
  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#text === null) this.#structure(byte)
      else this.#string(this.#text, byte)
    }
  }

  #structure(byte: number): void {
    if (byte === QUOTE) this.#text = []
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open()
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#close()
    else if (byte === COLON) this.#field()
  }

  #string(text: number[], byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === BACKSLASH) this.#isEscaped = true
    else if (byte === QUOTE || byte === NEW_LINE) {
      // No JSON string goes over a line, so a new line brings quotes back in step.
      this.#lastText = String.fromCharCode(...text)
      this.#text = null
    } else if (text.length < LONGEST_FIELD) text.push(byte)
  }

  #open(): void {
    if (this.#levels.length < DEEPEST) this.#levels.push(0)
    else this.#deeper++
  }

  #close(): void {
    if (this.#deeper > 0) this.#deeper--
    else if ((this.#levels.pop() ?? 0) >= 2) this.count++
  }

  #field(): void {
    const level = this.#levels.length - 1
    const seen = this.#levels[level]
    if (seen !== undefined && this.#deeper === 0 && FIELDS.has(this.#lastText))
      this.#levels[level] = seen + 1
  }
}

const FIELDS: ReadonlySet<string> = new Set(RECORD_FIELDS)
const LONGEST_FIELD = 32
const DEEPEST = 1000
const [QUOTE, BACKSLASH, COLON, NEW_LINE] = [0x22, 0x5c, 0x3a, 0x0a]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]
