const PLAIN = 0
const QUOTE = 1
const OPEN = 2
const CLOSE = 3
const KIND = new Uint8Array(256)
for (const byte of Buffer.from('"')) KIND[byte] = QUOTE
for (const byte of Buffer.from('{[')) KIND[byte] = OPEN
for (const byte of Buffer.from('}]')) KIND[byte] = CLOSE
const QUOTE_BYTE = 0x22
const BACKSLASH = 0x5c

/**
 * Finds the end of an object or array fast, knowing only strings, escapes and depth. If the slice it finds is JSON, it
 * is the value; if the value is broken, the slice is no JSON: `JSON.parse` of the slice decides.
 */
export class ValueEnd {
  isDone = false
  #depth = 0
  #isInString = false
  #isEscaped = false

  /** Takes bytes in from `from` on; gives the index after the value, or the length. */
  feed(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && !this.isDone)
      at = this.#isInString ? this.#string(bytes, at) : this.#structure(bytes, at)
    return at
  }

  #structure(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const kind = KIND[bytes[at] as number]
      if (kind === PLAIN) continue
      if (kind === QUOTE) {
        this.#isInString = true
        return at + 1
      }
      this.#depth += kind === OPEN ? 1 : -1
      if (this.#depth > 0) continue
      this.isDone = true
      return at + 1
    }
    return bytes.length
  }

  #string(bytes: Uint8Array, from: number): number {
    let at = from
    if (this.#isEscaped) at++
    this.#isEscaped = false
    for (; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE_BYTE) {
        this.#isInString = false
        return at + 1
      }
    }
    // The byte that a backslash escapes may come with the next chunk.
    this.#isEscaped = at > bytes.length
    return bytes.length
  }
}
