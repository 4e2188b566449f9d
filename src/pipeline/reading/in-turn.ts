/** Work that has begun, or begins when its turn comes. */
export interface Begun<Result> {
  /** What it takes up until its turn has come, by the measure of `ahead.size`. */
  readonly size: number
  /** Called once, in its turn. */
  readonly result: () => Promise<Result>
}

/** How much may be begun before its turn. */
export interface Ahead {
  readonly count: number
  readonly size: number
}

/**
 * Gives the results of work on each entry in the order of the entries, however the work is done. Entries are taken and
 * begun ahead of their turn up to a limit, and one more. Where listing them fails, what came before is given first.
 */
export async function* inTurn<Entry, Result>(
  entries: AsyncIterable<Entry>,
  begin: (entry: Entry) => Begun<Result>,
  ahead: Ahead,
): AsyncGenerator<Result> {
  const line = new Line<Result>()
  const listing = new Listing(entries)
  for await (const entry of listing.entries()) {
    line.join(begin(entry))
    while (line.length > ahead.count || line.size > ahead.size) yield await line.next()
  }
  while (line.length > 0) yield await line.next()
  if (listing.failure !== null) throw listing.failure.cause
}

/** Entries that end quietly, however they end. */
class Listing<Entry> {
  failure: { readonly cause: unknown } | null = null
  readonly #entries: AsyncIterable<Entry>

  constructor(entries: AsyncIterable<Entry>) {
    this.#entries = entries
  }

  async *entries(): AsyncGenerator<Entry> {
    const all = this.#entries[Symbol.asyncIterator]()
    try {
      while (true) {
        const next = await this.#next(all)
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await all.return?.()
    }
  }

  async #next(all: AsyncIterator<Entry>): Promise<IteratorResult<Entry>> {
    try {
      return await all.next()
    } catch (cause) {
      this.failure = { cause }
      return { done: true, value: undefined }
    }
  }
}

class Line<Result> {
  size = 0
  readonly #waiting: Begun<Result>[] = []

  get length(): number {
    return this.#waiting.length
  }

  join(begun: Begun<Result>): void {
    this.#waiting.push(begun)
    this.size += begun.size
  }

  next(): Promise<Result> {
    const begun = this.#waiting.shift() as Begun<Result>
    this.size -= begun.size
    return begun.result()
  }
}
