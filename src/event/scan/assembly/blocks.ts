// Finds the bytes that structure JSON, 64 at a time: quotes that open or close a string, and brackets outside strings.
// After Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019. What is found is kept as masks in a ring, a
// few thousand bytes ahead of whoever walks through the file; a mask is asked by place, so nothing has to be passed.

import { take } from './memory'

const BLOCK: usize = 64
const QUOTE: i8 = 0x22
const BACKSLASH: i8 = 0x5c
// Brackets and braces differ from each other in bit 5 alone.
const BRACE_BIT: i8 = 0x20
const OPEN: i8 = 0x7b
const CLOSE: i8 = 0x7d
const FIRST_TEXT: i8 = 0x20
const EVEN_PLACES: u64 = 0x5555555555555555

// Masks of a block: quotes, opening and closing brackets, backslashes.
const OPENING: usize = 8
const CLOSING: usize = 16
const BACKSLASHES: usize = 24
const MASK_BITS: usize = 5
const RING_BLOCKS: usize = 512
/** Of the ring, marked at once. */
const CHUNK_BYTES: usize = (RING_BLOCKS / 2) * BLOCK

let ring: usize = 0
/** Blocks before this place have their masks. */
let marked: usize = 0
/** Behind the last block that is asked for. */
let limit: usize = 0
/** All ones if the block before ended inside a string. */
let inString: u64 = 0
/** 1 if the block before ended in the middle of an escape. */
let inEscape: u64 = 0
let isControlSeen: bool = false

export function openBlocks(): void {
  ring = take(RING_BLOCKS << MASK_BITS)
}

/** Begins with a file at `from`, a multiple of 64; blanks follow it. */
export function start(from: usize, length: usize): void {
  marked = from
  // Two blocks of blanks: a place just behind the file and the block after it have masks too.
  limit = ((from + length + BLOCK - 1) & ~(BLOCK - 1)) + 2 * BLOCK
  inString = 0
  inEscape = 0
  isControlSeen = false
}

/** Whether a string so far held a control character, which JSON forbids. */
export function hasControl(): bool {
  return isControlSeen
}

@inline
function masksOf(at: usize): usize {
  return ring + (((at >> 6) & (RING_BLOCKS - 1)) << MASK_BITS)
}

/** Sees to the masks of a place's block and the next. */
@inline
function look(at: usize): void {
  if (at + 2 * BLOCK > marked) lookOn(at)
}

function lookOn(at: usize): void {
  while (marked < limit && at + 2 * BLOCK > marked) mark()
}

/** The quote that closes the string whose text begins at `from`, or 0. */
@inline
export function closingQuote(from: usize): usize {
  look(from)
  const shift = <u64>(from & (BLOCK - 1))
  const here = load<u64>(masksOf(from)) >> shift
  const next = load<u64>(masksOf(from + BLOCK)) << 1 << (63 - shift)
  const quotes = here | next
  return quotes != 0 ? from + <usize>ctz(quotes) : farQuote(from + BLOCK)
}

function farQuote(from: usize): usize {
  while (from < limit) {
    look(from)
    const quotes = load<u64>(masksOf(from)) >> <u64>(from & (BLOCK - 1))
    if (quotes != 0) return from + <usize>ctz(quotes)
    from = (from & ~(BLOCK - 1)) + BLOCK
  }
  return 0
}

/** Whether a string at `from` may hold a backslash; its end has been found just now. */
export function mayBeEscaped(from: usize, end: usize): bool {
  // Of long strings the masks may be gone.
  if (end - from > CHUNK_BYTES / 2) return true
  let escaped: u64 = 0
  for (let at = from & ~(BLOCK - 1); at <= end; at += BLOCK) {
    escaped |= load<u64>(masksOf(at), BACKSLASHES)
  }
  return escaped != 0
}

/** The bracket that closes the one just before `from`, or 0: brackets are balanced by number, whatever their shape. */
export function closingBracket(from: usize): usize {
  let depth: i32 = 1
  let left: u64 = ~(<u64>0) << <u64>(from & (BLOCK - 1))
  for (let block = from & ~(BLOCK - 1); block < limit; block += BLOCK) {
    look(block)
    const masks = masksOf(block)
    const opens = load<u64>(masks, OPENING) & left
    let closes = load<u64>(masks, CLOSING) & left
    left = ~(<u64>0)
    const closeCount = <i32>popcnt(closes)
    if (closeCount >= depth) {
      while (closes != 0) {
        const at = ctz(closes)
        depth--
        if (depth + <i32>popcnt(opens & (((<u64>1) << at) - 1)) == 0) return block + <usize>at
        closes &= closes - 1
      }
      depth += <i32>popcnt(opens)
    } else depth += <i32>popcnt(opens) - closeCount
  }
  return 0
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

/** Makes the masks of the next blocks. */
function mark(): void {
  const until = min(marked + CHUNK_BYTES, limit)
  let open = inString
  let escape = inEscape
  for (let block = marked; block < until; block += BLOCK) {
    const a = v128.load(block)
    const b = v128.load(block, 16)
    const c = v128.load(block, 32)
    const d = v128.load(block, 48)
    const slash = i8x16.splat(BACKSLASH)
    const e = i8x16.eq(a, slash)
    const f = i8x16.eq(b, slash)
    const g = i8x16.eq(c, slash)
    const h = i8x16.eq(d, slash)
    let quotes = equal(a, b, c, d, QUOTE)
    let backslashes: u64 = 0
    if (v128.any_true(v128.or(v128.or(e, f), v128.or(g, h))) || escape != 0) {
      backslashes = mask(e, f, g, h)
      // The places after a backslash that is not itself escaped.
      const starts = backslashes & ~escape
      const follows = (starts << 1) | escape
      const oddStarts = starts & ~EVEN_PLACES & ~follows
      const runs = oddStarts + starts
      escape = <u64>(runs < oddStarts)
      quotes &= ~((EVEN_PLACES ^ (runs << 1)) & follows)
    }
    const within = prefixXor(quotes) ^ open
    open = <u64>(<i64>within >> 63)
    const first = i8x16.splat(FIRST_TEXT)
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d))
    if (v128.any_true(i8x16.lt_u(least, first))) noteControls(block, within)
    const bit = i8x16.splat(BRACE_BIT)
    const i = v128.or(a, bit)
    const j = v128.or(b, bit)
    const k = v128.or(c, bit)
    const l = v128.or(d, bit)
    const masks = masksOf(block)
    store<u64>(masks, quotes)
    store<u64>(masks, equal(i, j, k, l, OPEN) & ~within, OPENING)
    store<u64>(masks, equal(i, j, k, l, CLOSE) & ~within, CLOSING)
    store<u64>(masks, backslashes, BACKSLASHES)
  }
  inString = open
  inEscape = escape
  marked = until
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

function noteControls(block: usize, within: u64): void {
  const first = i8x16.splat(FIRST_TEXT)
  const e = i8x16.lt_u(v128.load(block), first)
  const f = i8x16.lt_u(v128.load(block, 16), first)
  const g = i8x16.lt_u(v128.load(block, 32), first)
  const h = i8x16.lt_u(v128.load(block, 48), first)
  if ((mask(e, f, g, h) & within) != 0) isControlSeen = true
}
