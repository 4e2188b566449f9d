/**
 * A seeded stream of numbers: the same seed and stream name give the same draws on every machine;
 * streams of other names are independent, so adding a workload moves no other. The generator is
 * sfc32 (Doty-Humphrey, PractRand, 2010).
 */
export class Random {
  #a: number
  #b: number
  #c = 0x9e3779b9
  #counter = 1

  constructor(seed: number, stream: string) {
    this.#a = seed | 0
    this.#b = hashOf(stream)
    for (let round = 0; round < 15; round++) this.#next()
  }

  /** From 0 inclusive to 1 exclusive. */
  uniform(): number {
    return this.#next() / 2 ** 32
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit)
  }

  /** From `low` inclusive to `high` exclusive. */
  between(low: number, high: number): number {
    return low + this.uniform() * (high - low)
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(share: number): boolean {
    return this.uniform() < share
  }

  /** One of `items`, which must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  /** A place in `weights`, likelier where they are larger. */
  weighted(weights: readonly number[]): number {
    let left = this.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let place = 0; place < weights.length; place++) {
      left -= weights[place] as number
      if (left < 0) return place
    }
    return weights.length - 1
  }

  /** `count` different items, or all there are. */
  some<Item>(items: readonly Item[], count: number): readonly Item[] {
    const left = [...items]
    const chosen: Item[] = []
    while (chosen.length < count && left.length > 0) {
      chosen.push(...left.splice(this.below(left.length), 1))
    }
    return chosen
  }

  /** Standard normal (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** `spread` is the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal())
  }

  /** A log-normal number of calls, at least one. */
  calls(median: number, spread: number): number {
    return Math.max(1, Math.round(this.logNormal(median, spread)))
  }

  /** A large mean is cut into parts, whose sum is Poisson again. */
  poisson(mean: number): number {
    let count = 0
    for (let left = mean; left > 0; left -= 30) {
      const limit = Math.exp(-Math.min(left, 30))
      for (let product = this.uniform(); product > limit; product *= this.uniform()) count++
    }
    return count
  }

  /** Variance mean + alpha mean², alpha up to 1: Poisson with a gamma mean (Marsaglia and Tsang, 2000). */
  negativeBinomial(mean: number, alpha: number): number {
    return this.poisson(mean * alpha * this.#gamma(1 / alpha))
  }

  /** How many of `trials` succeed. */
  binomial(trials: number, share: number): number {
    let count = 0
    for (let trial = 0; trial < trials; trial++) if (this.chance(share)) count++
    return count
  }

  #gamma(shape: number): number {
    const d = shape - 1 / 3
    for (;;) {
      const normal = this.normal()
      const cube = (1 + normal / Math.sqrt(9 * d)) ** 3
      if (cube <= 0) continue
      const enough = normal * normal * 0.5 + d - d * cube + d * Math.log(cube)
      if (Math.log(1 - this.uniform()) < enough) return d * cube
    }
  }

  /** A whole number from 0 to 2^32 - 1. */
  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  }
  return hash >>> 0
}
