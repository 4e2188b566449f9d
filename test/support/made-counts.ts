import { rfc3339 } from '../../src/base/times.ts'
import { exactCsvRow } from '../../src/sink/exact-csv.ts'
import { seededRandom } from './seeded-random.ts'

/** One made key: its grid, its calls a bucket on average, and what is added to single buckets. */
export interface MadeKey {
  readonly key: string
  readonly bucketS: number
  readonly mean: number
  /** By the start of the bucket, epoch milliseconds. */
  readonly extra?: ReadonlyMap<
    number,
    { readonly calls?: number; readonly codes?: Readonly<Record<string, number>> }
  >
}

export interface MadeCounts {
  readonly counts: readonly string[]
  readonly codes: readonly string[]
  readonly series: string
  readonly meta: string
}

/** Steady traffic with a daily rhythm, the same for the same seed: rows without their headers, so that they can be shuffled. */
export function madeCounts(
  keys: readonly MadeKey[],
  {
    startMs,
    days,
    seed,
  }: { readonly startMs: number; readonly days: number; readonly seed: number },
): MadeCounts {
  const random = seededRandom(seed)
  const endMs = startMs + days * 86_400_000
  const counts: string[] = []
  const codes: string[] = []
  for (const { key, bucketS, mean, extra } of keys) {
    for (let atMs = startMs; atMs < endMs; atMs += bucketS * 1000) {
      const added = extra?.get(atMs) ?? {}
      const errors = Object.entries(added.codes ?? {})
      const failed = errors.reduce((sum, [, count]) => sum + count, 0)
      const calls = drawn(mean * rhythm(atMs), random) + (added.calls ?? 0) + failed
      if (calls === 0) continue
      const start = rfc3339(atMs)
      counts.push(exactCsvRow([key, start, calls, failed]))
      for (const [code, count] of errors) codes.push(exactCsvRow([key, start, code, count]))
    }
  }
  return {
    ...{ counts, codes },
    series: ['key,bucket_s\n', ...keys.map(({ key, bucketS }) => exactCsvRow([key, bucketS]))].join(
      '',
    ),
    meta: JSON.stringify({ start: rfc3339(startMs), end: rfc3339(endMs) }),
  }
}

function rhythm(atMs: number): number {
  return 1 + 0.6 * Math.sin((2 * Math.PI * atMs) / 86_400_000)
}

/** A Poisson draw by counting arrivals (D. Knuth, 1969). */
function drawn(mean: number, random: () => number): number {
  const floor = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > floor; product *= random()) count += 1
  return count
}
