const FIRST_NUMBERS = 256
/** A list that was longer gives its room back when it is cleared. */
const MOST_KEPT = 2 ** 21

/** Rows of up to five whole numbers of 32 bits, one after the other, to be kept as a blob in the machine's byte order. */
export class IntList {
  readonly #width: number
  #numbers = new Int32Array(FIRST_NUMBERS)
  #length = 0

  /** `width`: numbers a row. */
  constructor(width: 2 | 4 | 5) {
    this.#width = width
  }

  /** Rows. */
  get length(): number {
    return this.#length / this.#width
  }

  push(a: number, b: number, c = 0, d = 0, e = 0): void {
    const at = this.#length
    const width = this.#width
    if (at + width > this.#numbers.length) this.#grow()
    const numbers = this.#numbers
    numbers[at] = a
    numbers[at + 1] = b
    if (width > 2) {
      numbers[at + 2] = c
      numbers[at + 3] = d
    }
    if (width > 4) numbers[at + 4] = e
    this.#length = at + width
  }

  /** Begins anew. */
  clear(): void {
    this.#length = 0
    if (this.#numbers.length > MOST_KEPT) this.#numbers = new Int32Array(FIRST_NUMBERS)
  }

  /** What was pushed; valid until the next push. */
  numbers(): Int32Array {
    return this.#numbers.subarray(0, this.#length)
  }

  /** The same from a row on, to be kept. */
  bytesFrom(row: number): Buffer {
    const { buffer, byteOffset, byteLength } = this.numbers().subarray(row * this.#width)
    return Buffer.from(buffer, byteOffset, byteLength)
  }

  #grow(): void {
    const wider = new Int32Array(this.#numbers.length * 2)
    wider.set(this.#numbers)
    this.#numbers = wider
  }
}

/** The numbers of a blob. */
export function intsFrom(blob: Uint8Array): Int32Array {
  const aligned = blob.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? blob : blob.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
}
