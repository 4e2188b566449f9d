import type { Counts } from '../../../models/index.ts'

/** Two rows that count the same: lines of the first and of the one too many. */
export interface Twice {
  readonly window: number
  readonly line: number
  readonly firstLine: number
}

/** Counts of one series as they come in, in any order, each with the line it stands on. */
export class CellList {
  #windows = new Int32Array(8)
  #counts = new Int32Array(8)
  #lines = new Int32Array(8)
  #size = 0

  add(window: number, count: number, line: number): void {
    if (this.#size === this.#windows.length) this.#grow()
    this.#windows[this.#size] = window
    this.#counts[this.#size] = count
    this.#lines[this.#size] = line
    this.#size += 1
  }

  /** The counts above zero in order of time. Throws what `onTwice` makes of a window that came twice. */
  counts(onTwice: (twice: Twice) => Error): Counts {
    const order = this.#inOrder()
    const at = new Int32Array(this.#size)
    const count = new Int32Array(this.#size)
    let size = 0
    for (let place = 0; place < this.#size; place++) {
      const cell = order === null ? place : (order[place] as number)
      this.#refuseTwice(order === null ? place - 1 : (order[place - 1] ?? -1), cell, onTwice)
      if (this.#counts[cell] === 0) continue
      at[size] = this.#windows[cell] as number
      count[size] = this.#counts[cell] as number
      size += 1
    }
    return { at: at.slice(0, size), count: count.slice(0, size) }
  }

  /** Cells by window, those of one window as they came; null where they came so. */
  #inOrder(): Float64Array | null {
    const windows = this.#windows
    let at = 1
    while (at < this.#size && (windows[at - 1] as number) <= (windows[at] as number)) at += 1
    if (at >= this.#size) return null
    // Window and place in one number: sorting numbers is many times quicker than asking a function.
    const packed = Float64Array.from(
      windows.subarray(0, this.#size),
      (window, place) => window * this.#size + place,
    ).sort()
    return packed.map((both) => both % this.#size)
  }

  #refuseTwice(before: number, cell: number, onTwice: (twice: Twice) => Error): void {
    const window = this.#windows[cell] as number
    if (before < 0 || this.#windows[before] !== window) return
    const [firstLine, line] = [this.#lines[before] as number, this.#lines[cell] as number]
    throw onTwice({ window, firstLine, line })
  }

  #grow(): void {
    const larger = (cells: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(cells.length * 2)
      copy.set(cells)
      return copy
    }
    this.#windows = larger(this.#windows)
    this.#counts = larger(this.#counts)
    this.#lines = larger(this.#lines)
  }
}
