// Reads the two fields that differ from event to event, in the one form that CloudTrail gives them.

const ZERO: u32 = 0x30
const DASH: u32 = 0x2d
const COLON: u32 = 0x3a
const FIRST_YEAR: u32 = 2006
const LAST_YEAR: u32 = 2100
const DAY_SECONDS: u32 = 86_400

/** What no moment and no length can be. */
export const OTHER_FORM: u32 = 0xffffffff

/** Seconds since the epoch of `YYYY-MM-DDTHH:MM:SSZ` in the years 2006 to 2100, or OTHER_FORM for anything else. */
export function secondsOf(from: usize, length: u32): u32 {
  if (length != 20 || load<u8>(from, 19) != 0x5a || load<u8>(from, 10) != 0x54) return OTHER_FORM
  if (load<u8>(from, 4) != DASH || load<u8>(from, 7) != DASH) return OTHER_FORM
  if (load<u8>(from, 13) != COLON || load<u8>(from, 16) != COLON) return OTHER_FORM
  const century = twoDigits(from)
  const yearOf100 = twoDigits(from + 2)
  const month = twoDigits(from + 5)
  const day = twoDigits(from + 8)
  const hour = twoDigits(from + 11)
  const minute = twoDigits(from + 14)
  const second = twoDigits(from + 17)
  if (century > 99 || yearOf100 > 99 || hour > 23 || minute > 59 || second > 59) return OTHER_FORM
  const year = century * 100 + yearOf100
  if (year < FIRST_YEAR || year > LAST_YEAR || month - 1 > 11) return OTHER_FORM
  if (day - 1 >= daysIn(year, month)) return OTHER_FORM
  return daysBefore(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second
}

/** The two digits there as a number, or more than 99. */
@inline
function twoDigits(at: usize): u32 {
  const tens = <u32>load<u8>(at) - ZERO
  const ones = <u32>load<u8>(at, 1) - ZERO
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones
}

function daysIn(year: u32, month: u32): u32 {
  if (month != 2) return 30 + ((month + (month >> 3)) & 1)
  return (year & 3) == 0 && year != 2100 ? 29 : 28
}

/** Days since the epoch; the year begins in March, so that the leap day is its last. */
function daysBefore(year: u32, month: u32, day: u32): u32 {
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = month > 2 ? month - 3 : month + 9
  const leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
  return marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - 719_468
}

/** Writes the 16 bytes of a GUID as four words, most significant first; false for anything that is none. */
export function writeGuid(from: usize, length: u32, to: usize): bool {
  if (length != 36) return false
  if (load<u8>(from, 8) != DASH || load<u8>(from, 13) != DASH) return false
  if (load<u8>(from, 18) != DASH || load<u8>(from, 23) != DASH) return false
  // Words of eight digits: 8, 4 and 4, 4 and 4, 8 of the last 12 behind 4.
  const first = load<u64>(from)
  const second = load<u32>(from, 9) | (<u64>load<u32>(from, 14) << 32)
  const third = load<u32>(from, 19) | (<u64>load<u32>(from, 24) << 32)
  const fourth = load<u64>(from, 28)
  if (!(isHex(first) && isHex(second) && isHex(third) && isHex(fourth))) return false
  store<u32>(to, wordOf(first))
  store<u32>(to, wordOf(second), 4)
  store<u32>(to, wordOf(third), 8)
  store<u32>(to, wordOf(fourth), 12)
  return true
}

/** Whether eight bytes are hexadecimal digits. */
@inline
function isHex(digits: u64): bool {
  const bytes = i64x2.splat(digits)
  const number = i8x16.sub(bytes, i8x16.splat(0x30))
  const letter = i8x16.sub(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x61))
  const isDigit = i8x16.lt_u(number, i8x16.splat(10))
  return i8x16.all_true(v128.or(isDigit, i8x16.lt_u(letter, i8x16.splat(6))))
}

/** Eight hexadecimal digits, the first the most significant, as one word. */
@inline
function wordOf(digits: u64): u32 {
  // A letter has bit 6, and its low half is 9 less than its value.
  let nibbles = (digits & 0x0f0f0f0f0f0f0f0f) + ((digits >> 6) & 0x0101010101010101) * 9
  nibbles = (nibbles << 4) | (nibbles >> 8)
  nibbles &= 0x00ff00ff00ff00ff
  nibbles = (nibbles | (nibbles >> 8)) & 0x0000ffff0000ffff
  return bswap<u32>(<u32>(nibbles | (nibbles >> 16)))
}

/** Whether they are the twelve digits of an account. */
export function isAccount(from: usize, length: u32): bool {
  if (length != 12) return false
  const number = i8x16.sub(v128.load(from), i8x16.splat(0x30))
  return (i8x16.bitmask(i8x16.lt_u(number, i8x16.splat(10))) & 0xfff) == 0xfff
}
