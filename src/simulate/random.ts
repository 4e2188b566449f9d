const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)
const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const NAME_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * A seeded stream of numbers: the same seed and the same stream name give the same draws on every machine.
 * Streams of other names are independent, so a day or a workload can be drawn without those before it.
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand, 2010): 128 bits of state, 32-bit arithmetic only.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** `seed` is any finite number; `stream` names what is drawn. */
  constructor(seed: number, stream: string) {
    this.#a = Math.trunc(seed) | 0
    this.#b = Math.trunc(seed / 4294967296) | 0
    this.#c = hashOf(stream)
    for (let round = 0; round < 15; round += 1) this.next()
  }

  /** A whole number from 0 to 2^32 − 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** From 0 inclusive to 1 exclusive. */
  uniform(): number {
    return this.next() / 4294967296
  }

  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit)
  }

  /** From `low` inclusive to `high` exclusive. */
  between(low: number, high: number): number {
    return low + this.uniform() * (high - low)
  }

  /** True in a `share` (0 to 1) of all draws. */
  chance(share: number): boolean {
    return this.uniform() < share
  }

  /** One of `items`, which must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  /** Standard normal (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Log-normal with the given median; `spread` is the standard deviation of the logarithm. */
  logNormal({ median, spread }: { median: number; spread: number }): number {
    return median * Math.exp(spread * this.normal())
  }

  /** Gamma with scale 1 and `shape` ≥ 1 (Marsaglia and Tsang, 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const root = 1 + c * x
      const v = root * root * root
      if (v > 0 && Math.log(1 - this.uniform()) < x * x * 0.5 + d * (1 - v + Math.log(v))) {
        return d * v
      }
    }
  }

  /** Poisson counts; a large mean is cut into parts, whose sum is Poisson again. */
  poisson(mean: number): number {
    let count = 0
    for (let left = mean; left > 0; left -= 30) {
      const limit = Math.exp(-Math.min(left, 30))
      for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1
    }
    return count
  }

  /** Negative-binomial counts of variance mean + mean²/shape, `shape` ≥ 1: Poisson with a gamma mean. */
  negativeBinomial({ mean, shape }: { mean: number; shape: number }): number {
    return mean > 0 ? this.poisson((this.gamma(shape) * mean) / shape) : 0
  }

  /** `count` lower-case hexadecimal digits. */
  hex(count: number): string {
    let text = ''
    while (text.length < count) text += eightDigits(this.next())
    return text.slice(0, count)
  }

  /** A random (version 4) GUID, as CloudTrail's eventID. */
  guid(): string {
    const a = eightDigits(this.next())
    const b = eightDigits((this.next() & 0xffff0fff) | 0x4000)
    const c = eightDigits((this.next() & 0x3fffffff) | 0x80000000)
    const d = eightDigits(this.next())
    return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`
  }

  /** `count` capital letters and digits 2–7, as in access keys and principal ids. */
  id(count: number): string {
    return this.#letters(ID_LETTERS, count)
  }

  /** `count` letters and digits, as at the end of a trail file's name. */
  name(count: number): string {
    return this.#letters(NAME_LETTERS, count)
  }

  /** Shuffles in place (Fisher and Yates, 1938). */
  shuffle<Item>(items: Item[]): Item[] {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1)
      const kept = items[last] as Item
      items[last] = items[other] as Item
      items[other] = kept
    }
    return items
  }

  #letters(alphabet: string, count: number): string {
    let text = ''
    for (let place = 0; place < count; place += 1) text += alphabet[this.below(alphabet.length)]
    return text
  }
}

function eightDigits(word: number): string {
  return (
    (HEX[word >>> 24] as string) +
    HEX[(word >>> 16) & 255] +
    HEX[(word >>> 8) & 255] +
    HEX[word & 255]
  )
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  }
  return hash
}
