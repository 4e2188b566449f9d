import type { AccountHistory, Counts, SeriesHistory } from '../../models/index.ts'

/** A Poisson count, by multiplication for small means and by halves for large ones. */
export function poisson(random: () => number, mean: number): number {
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2)
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > least; product *= random()) count++
  return count
}

/** A gamma number of mean 1 and variance `alpha` (Marsaglia and Tsang 2000). */
export function gamma(random: () => number, alpha: number): number {
  if (alpha === 0) return 1
  const shape = 1 / alpha
  if (shape < 1) {
    return (gamma(random, 1 / (shape + 1)) * (shape + 1) * random() ** (1 / shape)) / shape
  }
  const d = shape - 1 / 3
  for (;;) {
    const normal = standardNormal(random)
    const cube = (1 + normal / Math.sqrt(9 * d)) ** 3
    if (cube <= 0) continue
    const enough = 0.5 * normal * normal + d - d * cube + d * Math.log(cube)
    if (Math.log(1 - random()) < enough) return (d * cube) / shape
  }
}

/** By Box and Muller (1958). */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Sparse counts from an array of windows that begins at `from`. */
export function countsFrom(windows: ArrayLike<number>, from = 0): Counts {
  const at: number[] = []
  const count: number[] = []
  for (let index = 0; index < windows.length; index++) {
    const value = windows[index] as number
    if (value === 0) continue
    at.push(from + index)
    count.push(value)
  }
  return { at: Int32Array.from(at), count: Int32Array.from(count) }
}

/** Sparse counts from pairs of window and count, ascending. */
export function countsAt(...cells: readonly (readonly [number, number])[]): Counts {
  return {
    at: Int32Array.from(cells, ([at]) => at),
    count: Int32Array.from(cells, ([, count]) => count),
  }
}

/** A series of calls unless told otherwise; first seen with its first count, complete to the end. */
export function seriesOf(counts: Counts, rest: Partial<SeriesHistory> = {}): SeriesHistory {
  return {
    key: 'series',
    metric: 'calls',
    pool: rest.metric ?? 'calls',
    group: 'group',
    counts,
    exposure: null,
    of: null,
    firstWindow: counts.at[0] ?? 0,
    untilWindow: 2 ** 30,
    ...rest,
  }
}

/** An account of these series, first seen with the first of them unless told otherwise. */
export function accountOf(series: readonly SeriesHistory[], firstWindow?: number): AccountHistory {
  const first = Math.min(...series.map((each) => each.firstWindow))
  return { series, firstWindow: firstWindow ?? first }
}

/** Windows of `days` days in five-minute steps: seasonal, more on working days, over-dispersed. */
export function seasonalWindows(
  random: () => number,
  { days, perHour, alpha = 0.1 }: { days: number; perHour: number; alpha?: number },
): Float64Array {
  return new Float64Array(days * 288).map((_, at) => {
    const hour = Math.floor(at / 12) % 24
    const day = Math.floor(at / 288)
    const working = (day + 3) % 7 < 5 ? 1 : 0.4
    const shape = 1 + 0.8 * Math.sin((2 * Math.PI * (hour - 8)) / 24)
    return poisson(random, (perHour / 12) * shape * working * gamma(random, alpha))
  })
}

/** Calls on sparse series: bursts of log-normal size at any time, a few calls a window. */
export function sparseWindows(
  random: () => number,
  { days, burstsPerWeek }: { days: number; burstsPerWeek: number },
): Float64Array {
  const windows = new Float64Array(days * 288)
  for (let bursts = poisson(random, (burstsPerWeek * days) / 7); bursts > 0; bursts--) {
    let left = Math.max(1, Math.round(Math.exp(0.9 + 1.1 * standardNormal(random))))
    for (let at = Math.floor(random() * windows.length); left > 0 && at < windows.length; at++) {
      const calls = Math.min(left, 1 + Math.floor(random() * 8))
      windows[at] = (windows[at] as number) + calls
      left -= calls
    }
  }
  return windows
}
