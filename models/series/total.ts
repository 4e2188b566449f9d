import type { Counts, SeriesHistory } from './history.ts'

/** All errors of one API, and the codes they came in. */
export interface ErrorTotal {
  readonly series: SeriesHistory
  readonly parts: readonly SeriesHistory[]
}

/** The errors of one API over these codes of it, two or more. */
export function errorTotal(parts: readonly SeriesHistory[]): ErrorTotal {
  const [first] = parts as readonly [SeriesHistory, ...SeriesHistory[]]
  const series = {
    ...first,
    key: `${first.of} *`,
    counts: sumOf(parts.map(({ counts }) => counts)),
    firstWindow: Math.min(...parts.map(({ firstWindow }) => firstWindow)),
  }
  return { series, parts }
}

/** Sparse counts added up. */
function sumOf(parts: readonly Counts[]): Counts {
  const sums = new Map<number, number>()
  for (const { at, count } of parts) {
    for (let cell = 0; cell < at.length; cell++) {
      const window = at[cell] as number
      sums.set(window, (sums.get(window) ?? 0) + (count[cell] as number))
    }
  }
  const cells = [...sums].sort(([one], [other]) => one - other)
  return {
    at: Int32Array.from(cells, ([window]) => window),
    count: Int32Array.from(cells, ([, count]) => count),
  }
}
