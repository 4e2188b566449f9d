// Finds the bytes that structure JSON, 64 at a time: quotes that open or close a string, and brackets outside strings.
// After Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019.

const BLOCK: usize = 64
const QUOTE: i8 = 0x22
const BACKSLASH: i8 = 0x5c
// Brackets and braces differ from each other in bit 5 alone.
const BRACE_BIT: i8 = 0x20
const OPEN: i8 = 0x7b
const CLOSE: i8 = 0x7d
const FIRST_TEXT: i8 = 0x20
const EVEN_PLACES: u64 = 0x5555555555555555

let block: usize = 0
let end: usize = 0
/** Of the block, what has not been passed yet: quotes and brackets. */
let pending: u64 = 0
let opening: u64 = 0
let closing: u64 = 0
let backslashes: u64 = 0
/** All ones if the block before ended inside a string. */
let inString: u64 = 0
/** 1 if the block before ended in the middle of an escape. */
let inEscape: u64 = 0
let isBackslashNear: bool = false
let isControlSeen: bool = false

/** Begins with a file at `from`. */
export function start(from: usize, length: usize): void {
  block = from
  end = from + length
  inString = 0
  inEscape = 0
  isControlSeen = false
  load()
}

/** Whether a string so far held a control character, which JSON forbids. */
export function hasControl(): bool {
  return isControlSeen
}

/** Whether the string passed last may hold a backslash. */
@inline
export function mayBeEscaped(): bool {
  return isBackslashNear
}

/** The next quote or bracket, or 0. */
@inline
export function next(): usize {
  while (pending == 0) {
    block += BLOCK
    if (block >= end) return 0
    load()
  }
  return passed()
}

/** The quote that closes the string just opened, or 0. */
@inline
export function closingQuote(): usize {
  let escaped = backslashes
  while (pending == 0) {
    block += BLOCK
    if (block >= end) return 0
    load()
    escaped |= backslashes
  }
  isBackslashNear = escaped != 0
  return passed()
}

/** The bracket that closes the one just opened, or 0: brackets are balanced by number, whatever their shape. */
export function closingBracket(): usize {
  let depth: i32 = 1
  while (true) {
    const closes = closing & pending
    const opens = opening & pending
    const closeCount = <i32>popcnt(closes)
    if (closeCount < depth) depth += <i32>popcnt(opens) - closeCount
    else {
      let both = opens | closes
      while (both != 0) {
        const at = ctz(both)
        both &= both - 1
        if (((closes >> at) & 1) == 0) depth++
        else if (--depth == 0) {
          pending &= ~((<u64>2 << at) - 1)
          return block + <usize>at
        }
      }
    }
    block += BLOCK
    if (block >= end) return 0
    load()
  }
  return 0
}

@inline
function passed(): usize {
  const at = ctz(pending)
  pending &= pending - 1
  return block + <usize>at
}

@inline
function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u64>(<u32>i8x16.bitmask(a)) | (<u64>(<u32>i8x16.bitmask(b)) << 16)
  return low | (<u64>(<u32>i8x16.bitmask(c)) << 32) | (<u64>(<u32>i8x16.bitmask(d)) << 48)
}

@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: i8): u64 {
  const to = i8x16.splat(byte)
  return mask(i8x16.eq(a, to), i8x16.eq(b, to), i8x16.eq(c, to), i8x16.eq(d, to))
}

function load(): void {
  const a = v128.load(block)
  const b = v128.load(block, 16)
  const c = v128.load(block, 32)
  const d = v128.load(block, 48)
  const quotes = equal(a, b, c, d, QUOTE) & ~escapedPlaces(a, b, c, d)
  const within = prefixXor(quotes) ^ inString
  inString = <u64>(<i64>within >> 63)
  noteControls(a, b, c, d, within)
  const bit = i8x16.splat(BRACE_BIT)
  const e = v128.or(a, bit)
  const f = v128.or(b, bit)
  const g = v128.or(c, bit)
  const h = v128.or(d, bit)
  opening = equal(e, f, g, h, OPEN) & ~within
  closing = equal(e, f, g, h, CLOSE) & ~within
  pending = quotes | opening | closing
}

/** The places after a backslash that is not itself escaped. */
@inline
function escapedPlaces(a: v128, b: v128, c: v128, d: v128): u64 {
  const slash = i8x16.splat(BACKSLASH)
  const e = i8x16.eq(a, slash)
  const f = i8x16.eq(b, slash)
  const g = i8x16.eq(c, slash)
  const h = i8x16.eq(d, slash)
  backslashes = 0
  if (!v128.any_true(v128.or(v128.or(e, f), v128.or(g, h))) && inEscape == 0) return 0
  backslashes = mask(e, f, g, h)
  const starts = backslashes & ~inEscape
  const follows = (starts << 1) | inEscape
  const oddStarts = starts & ~EVEN_PLACES & ~follows
  const runs = oddStarts + starts
  inEscape = <u64>(runs < oddStarts)
  return (EVEN_PLACES ^ (runs << 1)) & follows
}

/** From each quote that opens a string up to the one that closes it: ones. */
@inline
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1
  bits ^= bits << 2
  bits ^= bits << 4
  bits ^= bits << 8
  bits ^= bits << 16
  return bits ^ (bits << 32)
}

@inline
function noteControls(a: v128, b: v128, c: v128, d: v128, within: u64): void {
  const first = i8x16.splat(FIRST_TEXT)
  const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d))
  if (!v128.any_true(i8x16.lt_u(least, first))) return
  const e = i8x16.lt_u(a, first)
  const f = i8x16.lt_u(b, first)
  const g = i8x16.lt_u(c, first)
  const h = i8x16.lt_u(d, first)
  if ((mask(e, f, g, h) & within) != 0) isControlSeen = true
}
