import type { AccountHistory, Counts, Grid, SeriesHistory } from '../../../models/index.ts'
import { poisson } from '../../quality/scenario/draws.ts'
import { type Random, randomOf } from '../../quality/scenario/random.ts'

export const GRID: Grid = { windowMinutes: 5 }
export const WINDOWS_A_DAY = 288

/** Series of counts: so many, a tenth of them dense, for so many days from day 0 of a calendar of our own. */
export function accountOf(seriesCount: number, days: number): AccountHistory {
  const random = randomOf(5, 'series')
  const series = Array.from({ length: seriesCount }, (_, at) =>
    at % 10 === 0 ? denseSeries(random, at, days) : sparseSeries(random, at, days),
  )
  return { series, firstWindow: 0 }
}

/** A series that is called all day, more in office hours; means from a call in two hours to fifty in a window. */
export function denseSeries(random: Random, at: number, days: number): SeriesHistory {
  const mean = 0.05 * 1000 ** random.uniform()
  const perDay = Float64Array.from({ length: WINDOWS_A_DAY }, (_, window) =>
    window >= 96 && window < 216 ? mean : mean / 3,
  )
  const cells: [number, number][] = []
  for (let window = 0; window < days * WINDOWS_A_DAY; window++) {
    const count = poisson(random, perDay[window % WINDOWS_A_DAY] ?? 0)
    if (count > 0) cells.push([window, count])
  }
  return historyOf(at, cells, days)
}

/** A series that somebody calls on some days, a few times at once. */
function sparseSeries(random: Random, at: number, days: number): SeriesHistory {
  const cells: [number, number][] = []
  for (let day = 0; day < days; day++) {
    if (random.uniform() > 0.15) continue
    const window = day * WINDOWS_A_DAY + Math.floor(random.uniform() * WINDOWS_A_DAY)
    cells.push([window, 1 + Math.floor(random.uniform() * 6)])
  }
  if (cells.length === 0) cells.push([Math.floor(random.uniform() * WINDOWS_A_DAY), 1])
  return historyOf(at, cells, days)
}

function historyOf(at: number, cells: readonly (readonly [number, number])[], days: number) {
  const counts: Counts = {
    at: Int32Array.from(cells, ([window]) => window),
    count: Int32Array.from(cells, ([, count]) => count),
  }
  return {
    key: String(at).padStart(6, '0'),
    ...({ metric: 'calls', pool: 'calls', group: 'all', of: null, exposure: null } as const),
    ...{ counts, firstWindow: counts.at[0] ?? 0, untilWindow: days * WINDOWS_A_DAY },
  }
}
