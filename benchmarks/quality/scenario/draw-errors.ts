import { binomial, gamma } from './draws.ts'
import { between, chance, logBetween, pick, type Random, whole } from './random.ts'
import type { ErrorTruth } from './work.ts'

/** Codes that callers are used to. */
const USUAL = [
  'AccessDenied',
  'ThrottlingException',
  'ValidationException',
  'ResourceNotFoundException',
  'NoSuchEntity',
  'ConditionalCheckFailedException',
]

/** Codes that mean something when they come. */
export const RARE: readonly string[] = [
  'UnauthorizedOperation',
  'ExpiredToken',
  'OptInRequired',
  'DryRunOperation',
]

export type ErrorCounts = Map<string, Int32Array>

/** How often calls to an API fail, and with which codes; a quarter of all APIs never fail. */
export function drawErrorTruth(random: Random, calls: Int32Array, inSessions: boolean): ErrorTruth {
  const shares = new Map<string, number>()
  const noise = inSessions ? between(random, 0.3, 1.5) : logBetween(random, 0.01, 0.3)
  if (chance(random, 0.25)) return { shares, noise }
  const base = chance(random, 0.12) ? between(random, 0.2, 0.6) : logBetween(random, 0.002, 0.1)
  const codes = whole(random, 1, 4)
  let left = base
  for (let code = 0; code < codes; code++) {
    const share = code === codes - 1 ? left : left * between(random, 0.4, 0.9)
    const name = pick(random, USUAL)
    shares.set(name, (shares.get(name) ?? 0) + share)
    left -= share
  }
  const total = calls.reduce((sum, count) => sum + count, 0)
  if (total > 100 && chance(random, 0.3))
    shares.set(pick(random, RARE), between(random, 1, 4) / total)
  return { shares, noise }
}

/** Draws failing calls; the share of a bucket varies for all codes together. */
export function drawErrors(random: Random, calls: Int32Array, truth: ErrorTruth): ErrorCounts {
  const codes: ErrorCounts = new Map()
  for (const code of truth.shares.keys()) codes.set(code, new Int32Array(calls.length))
  if (codes.size === 0) return codes
  const shape = 1 / truth.noise
  for (let at = 0; at < calls.length; at++) {
    let left = calls[at] as number
    if (left === 0) continue
    const factor = gamma(random, shape) / shape
    for (const [code, share] of truth.shares) {
      const failed = binomial(random, left, Math.min(1, share * factor))
      ;(codes.get(code) as Int32Array)[at] = failed
      left -= failed
    }
  }
  return codes
}

/** Errors of all codes together; null where there are none. */
export function sumCodes(codes: ErrorCounts, buckets: number): Int32Array | null {
  if (codes.size === 0) return null
  const sum = new Int32Array(buckets)
  for (const counts of codes.values()) {
    for (let at = 0; at < buckets; at++) sum[at] = (sum[at] as number) + (counts[at] as number)
  }
  return sum
}
