// Numbers distinct pieces of JSON, over many files: their bytes are copied, the tables double when they are half full.

import { take, widened } from './memory'

/** What a piece is: a value as it stands (a number, a word), or what stands between the quotes of a string. */
export const VALUE: u32 = 0
export const STRING: u32 = 1

// An entry: where its bytes are, their number, its hash, its kind.
const ENTRY_BITS: usize = 4
const FIRST_BITS: u32 = 12
const CHUNK_BYTES: usize = 1 << 18

let seed: u64 = 0
let count: u32 = 0
let entries: usize = 0
let slots: usize = 0
let slotBits: u32 = FIRST_BITS
let chunk: usize = 0
let chunkEnd: usize = 0
let byteCount: usize = 0

export function openTexts(by: u64): void {
  seed = by
  slots = take(<usize>4 << slotBits)
  entries = take(<usize>1 << (slotBits - 1 + <u32>ENTRY_BITS))
  // 0 stands for a value that is absent.
  append(0, 0, VALUE, 0)
}

export function textCount(): u32 {
  return count
}

export function textBytes(): usize {
  return byteCount
}

export function textsAt(): usize {
  return entries
}

/** The number of a piece, the same for the same bytes of the same kind. May read up to 7 bytes behind it. */
export function numberOfText(from: usize, length: u32, kind: u32): u32 {
  const hash = hashOf(from, length, kind)
  const mask = ((<u32>1) << slotBits) - 1
  let slot = hash & mask
  while (true) {
    const number = load<u32>(slots + (<usize>slot << 2))
    if (number == 0) return fresh(from, length, kind, hash, slot)
    const entry = entries + (<usize>number << ENTRY_BITS)
    if (load<u32>(entry, 8) == hash && isText(number, from, length, kind)) return number
    slot = (slot + 1) & mask
  }
  return 0
}

/** Whether a number stands for a piece. */
@inline
export function isText(number: u32, from: usize, length: u32, kind: u32): bool {
  const entry = entries + (<usize>number << ENTRY_BITS)
  return (
    load<u32>(entry, 4) == length &&
    load<u32>(entry, 12) == kind &&
    isSame(load<u32>(entry), from, length)
  )
}

@inline
function hashOf(from: usize, length: u32, kind: u32): u32 {
  let hash: u64 = seed ^ (<u64>length << 1) ^ <u64>kind
  let left = length
  while (left >= 8) {
    hash = (hash ^ load<u64>(from)) * 0xff51afd7ed558ccd
    hash ^= hash >> 29
    from += 8
    left -= 8
  }
  if (left != 0) hash = (hash ^ lastWord(from, left)) * 0xff51afd7ed558ccd
  hash ^= hash >> 32
  hash *= 0xd6e8feb86659fd93
  return <u32>(hash ^ (hash >> 32))
}

@inline
function isSame(one: usize, other: usize, length: u32): bool {
  let left = length
  while (left >= 8) {
    if (load<u64>(one) != load<u64>(other)) return false
    one += 8
    other += 8
    left -= 8
  }
  return left == 0 || lastWord(one, left) == lastWord(other, left)
}

@inline
function lastWord(from: usize, length: u32): u64 {
  return load<u64>(from) & (((<u64>1) << (length << 3)) - 1)
}

function fresh(from: usize, length: u32, kind: u32, hash: u32, slot: u32): u32 {
  const number = append(copied(from, length), length, kind, hash)
  store<u32>(slots + (<usize>slot << 2), number)
  if (count << 1 >= (<u32>1) << slotBits) grow()
  return number
}

function append(at: usize, length: u32, kind: u32, hash: u32): u32 {
  const entry = entries + (<usize>count << ENTRY_BITS)
  store<u32>(entry, <u32>at)
  store<u32>(entry, length, 4)
  store<u32>(entry, hash, 8)
  store<u32>(entry, kind, 12)
  return count++
}

function copied(from: usize, length: u32): usize {
  // A word may be read behind the last byte.
  if (chunk + length + 8 > chunkEnd) {
    const size = max<usize>(CHUNK_BYTES, length + 8)
    chunk = take(size)
    chunkEnd = chunk + size
  }
  const at = chunk
  memory.copy(at, from, length)
  chunk += length
  byteCount += length
  return at
}

function grow(): void {
  entries = widened(entries, <usize>count << ENTRY_BITS, <usize>1 << (slotBits + <u32>ENTRY_BITS))
  slotBits++
  slots = take(<usize>4 << slotBits)
  const mask = ((<u32>1) << slotBits) - 1
  for (let number: u32 = 1; number < count; number++) {
    let slot = load<u32>(entries + (<usize>number << ENTRY_BITS), 8) & mask
    while (load<u32>(slots + (<usize>slot << 2)) != 0) slot = (slot + 1) & mask
    store<u32>(slots + (<usize>slot << 2), number)
  }
}
