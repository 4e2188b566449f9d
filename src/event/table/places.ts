/**
 * Places in one table of things that are numbered over many: a thing gets the next place where its table first meets it.
 * Going on to the next table costs nothing, however many things there are.
 */
export class Places {
  #table = 0
  #tables = new Int32Array(64)
  #places = new Int32Array(64)
  /** Numbers of the things met, in order of their places. */
  #numbers: number[] = []

  /** Begins with the next table. */
  clear(): void {
    this.#table += 1
    this.#numbers = []
  }

  /** The numbers of the table's things, in order of their places. */
  get numbers(): readonly number[] {
    return this.#numbers
  }

  placeOf(number: number): number {
    if (this.#tables[number] === this.#table) return this.#places[number] ?? 0
    if (number >= this.#tables.length) this.#grow(number)
    const place = this.#numbers.push(number) - 1
    this.#tables[number] = this.#table
    this.#places[number] = place
    return place
  }

  #grow(number: number): void {
    const length = Math.max(number + 1, this.#tables.length * 2)
    this.#tables = widened(this.#tables, length)
    this.#places = widened(this.#places, length)
  }
}

function widened(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
