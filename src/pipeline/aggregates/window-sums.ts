import type { Counts } from '../../../models/index.ts'

/** Sums by window of the grid, added in any order. */
export class WindowSums {
  readonly #sums = new Map<number, number>()

  add(window: number, count: number): void {
    this.#sums.set(window, (this.#sums.get(window) ?? 0) + count)
  }

  addAll({ at, count }: Counts): void {
    for (let cell = 0; cell < at.length; cell++) this.add(at[cell] ?? 0, count[cell] ?? 0)
  }

  /** Ascending. */
  counts(): Counts {
    const at = Int32Array.from(this.#sums.keys()).sort()
    return { at, count: at.map((window) => this.#sums.get(window) ?? 0) }
  }
}
