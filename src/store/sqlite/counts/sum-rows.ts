const FIRST_ROWS = 64
/** Rows that are sorted by insertion before runs are merged. */
const RUN = 8

/**
 * Rows of three or four whole numbers of 32 bits: the last one counts, those before say what. To be filled, summed, read and
 * filled again; no object a row.
 */
export class SumRows {
  readonly width: 3 | 4
  length = 0
  #numbers: Int32Array<ArrayBuffer>
  #spare: Int32Array<ArrayBuffer>

  constructor(width: 3 | 4) {
    this.width = width
    this.#numbers = new Int32Array(FIRST_ROWS * width)
    this.#spare = new Int32Array(FIRST_ROWS * width)
  }

  clear(): void {
    this.length = 0
  }

  push(a: number, b: number, c: number, d = 0): void {
    const at = this.length * this.width
    if (at === this.#numbers.length) this.#grow()
    const numbers = this.#numbers
    numbers[at] = a
    numbers[at + 1] = b
    numbers[at + 2] = c
    if (this.width === 4) numbers[at + 3] = d
    this.length += 1
  }

  /** Rows that stand in `[from, until)` of a list. */
  append(list: Int32Array, from: number, until: number): void {
    const at = this.length * this.width
    while (at + until - from > this.#numbers.length) this.#grow()
    this.#numbers.set(list.subarray(from, until), at)
    this.length += (until - from) / this.width
  }

  /** A number, by its row and column from 0. */
  at(row: number, column: number): number {
    return this.#numbers[row * this.width + column] ?? 0
  }

  /** Adds up the rows that say the same, ascending by what they say; a sum of 0 stays. */
  sum(): void {
    this.#sort()
    const { width } = this
    const numbers = this.#numbers
    let kept = 0
    for (let row = 0; row < this.length; row++) {
      if (kept > 0 && compare(numbers, (kept - 1) * width, numbers, row * width, width) === 0) {
        const count = kept * width - 1
        numbers[count] = (numbers[count] ?? 0) + this.at(row, width - 1)
      } else this.#move(row, kept++)
    }
    this.length = kept
  }

  /** Leaves out rows; `isKept` is asked of each in turn. */
  keepOnly(isKept: (row: number) => boolean): void {
    let kept = 0
    for (let row = 0; row < this.length; row++) if (isKept(row)) this.#move(row, kept++)
    this.length = kept
  }

  #move(from: number, to: number): void {
    if (from !== to)
      copyRow(this.#numbers, from * this.width, this.#numbers, to * this.width, this.width)
  }

  /** Rows come mostly in order: runs that already follow each other are copied as they are. */
  #sort(): void {
    const { length, width } = this
    for (let from = 0; from < length; from += RUN) {
      insertionSort(this.#numbers, from * width, Math.min(from + RUN, length) * width, width)
    }
    for (let run = RUN; run < length; run *= 2) {
      for (let from = 0; from < length; from += 2 * run) {
        const middle = Math.min(from + run, length)
        const until = Math.min(from + 2 * run, length)
        mergeRuns(this.#numbers, this.#spare, {
          ...{ from: from * width, middle: middle * width, until: until * width, width },
        })
      }
      const sorted = this.#spare
      this.#spare = this.#numbers
      this.#numbers = sorted
    }
  }

  #grow(): void {
    const wider = new Int32Array(this.#numbers.length * 2)
    wider.set(this.#numbers)
    this.#numbers = wider
    this.#spare = new Int32Array(wider.length)
  }
}

/** By all columns but the last. */
function compare(a: Int32Array, i: number, b: Int32Array, j: number, width: number): number {
  const first = (a[i] as number) - (b[j] as number)
  if (first !== 0) return first
  const second = (a[i + 1] as number) - (b[j + 1] as number)
  if (second !== 0 || width === 3) return second
  return (a[i + 2] as number) - (b[j + 2] as number)
}

function copyRow(from: Int32Array, i: number, to: Int32Array, j: number, width: number): void {
  to[j] = from[i] as number
  to[j + 1] = from[i + 1] as number
  to[j + 2] = from[i + 2] as number
  if (width === 4) to[j + 3] = from[i + 3] as number
}

const held = new Int32Array(4)

function insertionSort(numbers: Int32Array, from: number, until: number, width: number): void {
  for (let at = from + width; at < until; at += width) {
    if (compare(numbers, at - width, numbers, at, width) <= 0) continue
    copyRow(numbers, at, held, 0, width)
    let into = at
    do {
      copyRow(numbers, into - width, numbers, into, width)
      into -= width
    } while (into > from && compare(numbers, into - width, held, 0, width) > 0)
    copyRow(held, 0, numbers, into, width)
  }
}

interface Runs {
  readonly from: number
  readonly middle: number
  readonly until: number
  readonly width: number
}

function mergeRuns(numbers: Int32Array, into: Int32Array, runs: Runs): void {
  const { from, middle, until, width } = runs
  const isInOrder = middle >= until || compare(numbers, middle - width, numbers, middle, width) <= 0
  if (isInOrder) {
    into.set(numbers.subarray(from, until), from)
    return
  }
  let left = from
  let right = middle
  for (let at = from; at < until; at += width) {
    const takesLeft =
      right >= until || (left < middle && compare(numbers, left, numbers, right, width) <= 0)
    copyRow(numbers, takesLeft ? left : right, into, at, width)
    if (takesLeft) left += width
    else right += width
  }
}
