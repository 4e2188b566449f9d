/** What a contender counted, in numbers that do not depend on an order. Two that counted the same have the same. */
export interface Digest {
  readonly events: number
  /** Different (account, Region, source, name, error code, 5 minutes). */
  readonly cells: number
  /** Sum of the squares of the counts of the cells. */
  readonly squares: number
}

/** Counts cells by key. */
export class CellCounts {
  readonly #counts = new Map<string, number>()

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  digest(): Digest {
    return digestOf(this.#counts.values())
  }
}

/** The digest of the counts of all cells. */
export function digestOf(counts: Iterable<number>): Digest {
  let [events, cells, squares] = [0, 0, 0]
  for (const count of counts) {
    events += count
    cells += 1
    squares += count * count
  }
  return { events, cells, squares }
}

export const isSame = (one: Digest, other: Digest): boolean =>
  one.events === other.events && one.cells === other.cells && one.squares === other.squares
