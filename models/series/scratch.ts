import { invariant } from '../invariant.ts'
import type { Grid } from './grid.ts'

/** The grid of what is worked out, and where that finds its arrays. */
export interface Workplace {
  readonly grid: Grid
  readonly scratch: Scratch
}

/** Floats that most pieces of work get along with. */
const FIRST_LENGTH = 1 << 16

/**
 * Arrays lent to one piece of work after another: making them anew for each would cost more than
 * filling them. All are given back at once.
 */
export class Scratch {
  #buffer = new Float64Array(FIRST_LENGTH)
  #used = 0
  /** Arrays lent since all were taken back. */
  #lent = 0
  #loan = 0
  /** By the order they were lent in: the next piece of work mostly asks for the same ones. */
  readonly #arrays: { readonly from: number; readonly array: Float64Array }[] = []

  /** How often all arrays were taken back: the number of the loan that lasts. */
  get renewed(): number {
    return this.#loan
  }

  /** Takes every array back. */
  renew(): void {
    this.#used = 0
    this.#lent = 0
    this.#loan += 1
  }

  /**
   * That the arrays of a loan are still its own.
   * @throws Error where they were taken back.
   */
  check(loan: number): void {
    invariant(loan === this.#loan, 'arrays are read while they are lent, not after')
  }

  /** An array of zeros, until all are taken back. */
  zeros(length: number): Float64Array {
    return this.lend(length).fill(0)
  }

  /** An array with the same values, until all are taken back. */
  copy(values: Float64Array): Float64Array {
    const copy = this.lend(values.length)
    copy.set(values)
    return copy
  }

  /** An array with whatever values were left in it, to be written before it is read, until all are taken back. */
  lend(length: number): Float64Array {
    if (this.#used + length > this.#buffer.length) {
      // Arrays lent before keep the memory they have.
      this.#buffer = new Float64Array(2 * (this.#buffer.length + length))
      this.#used = 0
      this.#arrays.length = 0
    }
    const from = this.#used
    this.#used += length
    const key = this.#lent++
    const known = this.#arrays[key]
    if (known?.from === from && known.array.length === length) return known.array
    const array = this.#buffer.subarray(from, this.#used)
    this.#arrays[key] = { from, array }
    return array
  }
}
