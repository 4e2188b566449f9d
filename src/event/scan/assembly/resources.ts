// Finds the first ARN of a record's resources where they are written as CloudTrail writes them.

import { numberOfText, STRING } from './texts'

const QUOTE: i8 = 0x22
const BACKSLASH: i8 = 0x5c
const COMMA: u8 = 0x2c
const COLON: u8 = 0x3a
const CLOSE_OBJECT: u8 = 0x7d
const OPEN_BOTH: u16 = 0x7b5b // [{
const ARN_WORD: u32 = 0x4e5241

/**
 * The text number of the ARN in the object that begins the array at `at`, if it holds strings only, without white space
 * or escapes; else 0. The array is balanced, so its closing bracket ends the search.
 */
export function firstArn(at: usize): u32 {
  if (load<u16>(at) != OPEN_BOTH) return 0
  let arn: usize = 0
  let arnEnd: usize = 0
  at += 2
  while (true) {
    if (load<u8>(at) != QUOTE) return 0
    const key = at + 1
    const keyEnd = plainEnd(key)
    if (keyEnd == 0 || load<u8>(keyEnd, 1) != COLON || load<u8>(keyEnd, 2) != QUOTE) return 0
    const value = keyEnd + 3
    const end = plainEnd(value)
    if (end == 0) return 0
    if (keyEnd - key == 3 && (load<u32>(key) & 0xffffff) == ARN_WORD) {
      arn = value
      arnEnd = end
    }
    const byte = load<u8>(end, 1)
    if (byte == CLOSE_OBJECT) break
    if (byte != COMMA) return 0
    at = end + 2
  }
  return arn == arnEnd ? 0 : numberOfText(arn, <u32>(arnEnd - arn), STRING)
}

/** The quote that ends the string from `at` on, or 0 where a backslash comes first. */
function plainEnd(at: usize): usize {
  const quote = i8x16.splat(QUOTE)
  const slash = i8x16.splat(BACKSLASH)
  while (true) {
    const bytes = v128.load(at)
    const quotes = i8x16.bitmask(i8x16.eq(bytes, quote))
    const slashes = i8x16.bitmask(i8x16.eq(bytes, slash))
    if ((quotes | slashes) != 0) {
      const end = ctz(quotes | slashes)
      return ((quotes >> end) & 1) == 1 ? at + <usize>end : 0
    }
    at += 16
  }
  return 0
}
