const NIBBLES = nibbleTable()

/** Words of 32 bits in an event id. */
export const ID_WORDS = 4

/**
 * Writes 32 hexadecimal digits as four words from `at` on; words compare in the order the digits do.
 * A character that is no digit counts as 0, so that every text has a place.
 */
export function writeId(hex: string, words: Uint32Array, at: number): void {
  for (let word = 0; word < ID_WORDS; word++) {
    let value = 0
    for (let digit = word * 8; digit < word * 8 + 8; digit++) {
      value = (value << 4) | (NIBBLES[hex.charCodeAt(digit) & 127] ?? 0)
    }
    words[at + word] = value
  }
}

/** The 32 hexadecimal digits of the id that starts at word `at`. */
export function idText(words: Uint32Array, at: number): string {
  let text = ''
  for (let word = at; word < at + ID_WORDS; word++) {
    text += (words[word] ?? 0).toString(16).padStart(8, '0')
  }
  return text
}

function nibbleTable(): Uint8Array {
  const table = new Uint8Array(128)
  for (let value = 0; value < 16; value++) {
    const digit = value.toString(16)
    table[digit.charCodeAt(0)] = value
    table[digit.toUpperCase().charCodeAt(0)] = value
  }
  return table
}
