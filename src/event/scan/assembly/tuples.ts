// Numbers distinct tuples of text numbers, over many files: a call's series with all that decides it, and its caller.

import { take, widened } from './memory'

const FIRST_BITS: u32 = 10
const WORD_BITS: usize = 2
const FACTOR: u64 = 0xff51afd7ed558ccd

/** A table of tuples of one arity. Tuples lie one behind the other; a slot is a tuple's number plus one. */
export class Tuples {
  count: u32 = 0
  at: usize
  private slots: usize
  private slotBits: u32 = FIRST_BITS
  private arity: u32

  constructor(arity: u32) {
    this.arity = arity
    this.slots = take((<usize>4) << FIRST_BITS)
    this.at = take(((<usize>arity) << WORD_BITS) << (FIRST_BITS - 1))
  }

  /** The number of the tuple at `words`. */
  numberOf(words: usize): u32 {
    const mask = ((<u32>1) << this.slotBits) - 1
    let slot = this.hashOf(words) & mask
    while (true) {
      const number = load<u32>(this.slots + ((<usize>slot) << WORD_BITS))
      if (number == 0) return this.append(words, slot)
      if (this.isSame(this.tuple(number - 1), words)) return number - 1
      slot = (slot + 1) & mask
    }
    return 0
  }

  private tuple(number: u32): usize {
    return this.at + ((<usize>number * <usize>this.arity) << WORD_BITS)
  }

  private hashOf(words: usize): u32 {
    let factor = FACTOR
    let hash: u64 = 0
    for (let i: u32 = 0; i < this.arity; i += 2) {
      hash += load<u64>(words + ((<usize>i) << WORD_BITS)) * factor
      factor *= FACTOR
    }
    hash ^= hash >> 32
    return <u32>((hash * FACTOR) >> 32)
  }

  private isSame(one: usize, other: usize): bool {
    for (let i: u32 = 0; i < this.arity; i += 2) {
      const at = (<usize>i) << WORD_BITS
      if (load<u64>(one + at) != load<u64>(other + at)) return false
    }
    return true
  }

  private append(words: usize, slot: u32): u32 {
    const number = this.count++
    memory.copy(this.tuple(number), words, (<usize>this.arity) << WORD_BITS)
    store<u32>(this.slots + ((<usize>slot) << WORD_BITS), number + 1)
    if (this.count << 1 >= (<u32>1) << this.slotBits) this.grow()
    return number
  }

  private grow(): void {
    const size = ((<usize>this.arity) << WORD_BITS) << (this.slotBits - 1)
    this.at = widened(this.at, size, size << 1)
    this.slotBits++
    this.slots = take((<usize>4) << this.slotBits)
    const mask = ((<u32>1) << this.slotBits) - 1
    for (let number: u32 = 0; number < this.count; number++) {
      let slot = this.hashOf(this.tuple(number)) & mask
      while (load<u32>(this.slots + ((<usize>slot) << WORD_BITS)) != 0) slot = (slot + 1) & mask
      store<u32>(this.slots + ((<usize>slot) << WORD_BITS), number + 1)
    }
  }
}
