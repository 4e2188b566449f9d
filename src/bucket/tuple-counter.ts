const FIRST_ENTRIES = 16
/** The calls of a huge file are mostly alike. */
const MOST_AT_ONCE = 8192
const NO_ROOM = new Int32Array()

/** Counts by three whole numbers, kept in columns in the order first met. For millions of them: no object an entry. */
export class TupleCounter {
  a: Int32Array<ArrayBuffer> = NO_ROOM
  b: Int32Array<ArrayBuffer> = NO_ROOM
  c: Int32Array<ArrayBuffer> = NO_ROOM
  count: Int32Array<ArrayBuffer> = NO_ROOM
  length = 0
  /** Place of an entry plus one; 0 is free. Always at least twice as long as there are entries. */
  #index: Int32Array<ArrayBuffer> = NO_ROOM

  /** Makes room for so many tuples at once, up to some: growing costs more than counting. */
  constructor(expected: number = FIRST_ENTRIES) {
    this.begin(expected)
  }

  /** Begins anew, in the room that it has unless that is small, or much larger than is made at once. */
  begin(expected: number): void {
    const room = Math.min(Math.max(FIRST_ENTRIES, expected + 1), MOST_AT_ONCE)
    this.length = 0
    if (this.a.length >= room && this.a.length <= MOST_AT_ONCE) this.#index.fill(0)
    else this.#makeRoom(2 ** Math.ceil(Math.log2(room)))
  }

  /** Adds to the count of a tuple (0 makes it known); says whether it is new. */
  add(a: number, b: number, c: number, by: number): boolean {
    const slot = this.#slotOf(a, b, c)
    const place = (this.#index[slot] ?? 0) - 1
    if (place < 0) {
      this.#append(a, b, c, by, slot)
      return true
    }
    this.count[place] = (this.count[place] ?? 0) + by
    return false
  }

  /** Whether the tuple was ever added. */
  has(a: number, b: number, c: number): boolean {
    return this.#index[this.#slotOf(a, b, c)] !== 0
  }

  /** The index slot that holds the tuple, or the free one where it belongs. */
  #slotOf(a: number, b: number, c: number): number {
    const mask = this.#index.length - 1
    let slot = hashOf(a, b, c) & mask
    let place = (this.#index[slot] ?? 0) - 1
    while (place >= 0) {
      if (this.a[place] === a && this.b[place] === b && this.c[place] === c) return slot
      slot = (slot + 1) & mask
      place = (this.#index[slot] ?? 0) - 1
    }
    return slot
  }

  #makeRoom(entries: number): void {
    this.a = new Int32Array(entries)
    this.b = new Int32Array(entries)
    this.c = new Int32Array(entries)
    this.count = new Int32Array(entries)
    this.#index = new Int32Array(entries * 2)
  }

  #append(a: number, b: number, c: number, by: number, slot: number): void {
    const place = this.length
    this.#index[slot] = place + 1
    this.a[place] = a
    this.b[place] = b
    this.c[place] = c
    this.count[place] = by
    this.length = place + 1
    if (this.length === this.a.length) this.#grow()
  }

  #grow(): void {
    const entries = this.length * 2
    this.a = copied(this.a, entries)
    this.b = copied(this.b, entries)
    this.c = copied(this.c, entries)
    this.count = copied(this.count, entries)
    this.#index = new Int32Array(entries * 2)
    const mask = this.#index.length - 1
    for (let place = 0; place < this.length; place++) {
      let slot = hashOf(this.a[place] ?? 0, this.b[place] ?? 0, this.c[place] ?? 0) & mask
      while (this.#index[slot] !== 0) slot = (slot + 1) & mask
      this.#index[slot] = place + 1
    }
  }
}

function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function copied(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
