/** The side that speaks: things it has named before it calls by their numbers. */
export class Said<Thing> {
  readonly #numbers = new Map<Thing, number>()
  #fresh: Thing[] = []

  get size(): number {
    return this.#numbers.size
  }

  numbersOf(things: readonly Thing[]): Int32Array {
    const numbers = new Int32Array(things.length)
    for (let at = 0; at < numbers.length; at++) numbers[at] = this.#numberOf(things[at] as Thing)
    return numbers
  }

  /** Things that have got a number since last asked, in order of their numbers. */
  takeFresh(): readonly Thing[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  /** Begins anew; the other side must, too. */
  clear(): void {
    this.#numbers.clear()
    this.#fresh = []
  }

  #numberOf(thing: Thing): number {
    const known = this.#numbers.get(thing)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(thing, number)
    this.#fresh.push(thing)
    return number
  }
}

/** The side that listens. */
export class Heard<Thing> {
  readonly #things: Thing[] = []

  learn(fresh: readonly Thing[]): void {
    for (const thing of fresh) this.#things.push(thing)
  }

  things(numbers: Int32Array): Thing[] {
    const things: Thing[] = []
    for (let at = 0; at < numbers.length; at++)
      things.push(this.#things[numbers[at] as number] as Thing)
    return things
  }

  clear(): void {
    this.#things.length = 0
  }
}
