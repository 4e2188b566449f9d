/**
 * A seeded stream of draws, the same on every machine and every version of Node.js: 32-bit arithmetic,
 * `Math.sqrt`, `Math.log` and `Math.exp` only, no trigonometry and no powers. Streams of other names
 * are independent. The generator is sfc32 (Chris Doty-Humphrey, PractRand, 2010).
 */
export interface Random {
  /** From 0 inclusive to 1 exclusive. */
  readonly uniform: () => number
}

/** Opens the stream of a name under a seed. */
export function randomOf(seed: number, stream: string): Random {
  let a = seed | 0
  let b = 0x9e3779b9 | 0
  let c = hashOf(stream)
  let counter = 1
  const uniform = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 15; round++) uniform()
  return { uniform }
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** From `low` inclusive to `high` exclusive. */
export const between = (random: Random, low: number, high: number): number =>
  low + random.uniform() * (high - low)

/** A whole number from `low` to `high`, both included. */
export const whole = (random: Random, low: number, high: number): number =>
  low + Math.floor(random.uniform() * (high - low + 1))

/** Evenly spread on a logarithmic scale: as many draws from 1 to 10 as from 10 to 100. */
export const logBetween = (random: Random, low: number, high: number): number =>
  Math.exp(between(random, Math.log(low), Math.log(high)))

/** True in a `share` (0 to 1) of all draws. */
export const chance = (random: Random, share: number): boolean => random.uniform() < share

/** One of `items`, which must not be empty. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random.uniform() * items.length)] as Item
