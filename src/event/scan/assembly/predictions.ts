// Knows keys again by the key before them: records mostly have the same keys in the same order. What is predicted is compared
// byte by byte, so a wrong prediction costs time and nothing else.

import { take } from './memory'

const ENTRIES: u32 = 64
const TEXT_BYTES: usize = 32
/** Two quotes and a colon around a key. */
const AROUND: usize = 3

// An entry: `"key":`, ones where it has bytes, their number, the key's field, and the two entries that followed last.
const MASK: usize = 32
const LENGTH: usize = 64
const FIELD: usize = 68
const NEXT: usize = 72
const OTHER: usize = 76
const ENTRY_BYTES: usize = 80

/** The keys of one kind of object. The first entry comes before the first key; it stands nowhere, for no key begins with a blank. */
export class Keys {
  at: usize
  private count: u32 = 1

  constructor() {
    this.at = take(<usize>ENTRIES * ENTRY_BYTES)
    memory.fill(this.at, 0x20, TEXT_BYTES)
    memory.fill(this.at + MASK, 0xff, TEXT_BYTES)
    this.follow(this.at, this.at)
    this.follow(this.at, this.at)
  }

  /** The entry of the key whose quote is at `at`, if it follows `before` as often before; else the first. */
  @inline
  predicted(before: usize, at: usize): usize {
    const next: usize = load<u32>(before, NEXT)
    if (stands(next, at)) return next
    const other: usize = load<u32>(before, OTHER)
    return stands(other, at) ? other : this.at
  }

  /** Remembers the key of `length` bytes whose quote is at `at`, a colon behind it: its entry, or the first if there is no room. */
  learn(before: usize, at: usize, length: usize, field: u32): usize {
    const size = length + AROUND
    if (size > TEXT_BYTES) return this.at
    let entry = this.at
    const end = this.at + <usize>this.count * ENTRY_BYTES
    while (entry < end) {
      if (stands(entry, at)) {
        this.follow(before, entry)
        return entry
      }
      entry += ENTRY_BYTES
    }
    if (this.count == ENTRIES) return this.at
    this.count++
    memory.copy(entry, at, size)
    memory.fill(entry + MASK, 0xff, size)
    store<u32>(entry, <u32>size, LENGTH)
    store<u32>(entry, field, FIELD)
    store<u32>(entry, <u32>this.at, NEXT)
    store<u32>(entry, <u32>this.at, OTHER)
    this.follow(before, entry)
    return entry
  }

  private follow(before: usize, entry: usize): void {
    store<u32>(before, load<u32>(before, NEXT), OTHER)
    store<u32>(before, <u32>entry, NEXT)
  }
}

/** Bytes of `"key":`. */
@inline
export function sizeOf(entry: usize): usize {
  return load<u32>(entry, LENGTH)
}

@inline
export function fieldOfKey(entry: usize): u32 {
  return load<u32>(entry, FIELD)
}

@inline
function stands(entry: usize, at: usize): bool {
  const low = v128.xor(v128.load(entry), v128.load(at))
  const high = v128.xor(v128.load(entry, 16), v128.load(at, 16))
  const differ = v128.or(
    v128.and(low, v128.load(entry, MASK)),
    v128.and(high, v128.load(entry, MASK + 16)),
  )
  return !v128.any_true(differ)
}
