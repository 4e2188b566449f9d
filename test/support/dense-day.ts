import {
  type DenseDay,
  deliveryOf,
  learnBaseline,
  longestSilence,
  type SeriesHistory,
} from '../../models/index.ts'
import { countsFrom, seriesOf } from './account-history.ts'

const grid = { windowMinutes: 5 }

/** The last day of these five-minute windows, beside a series that proves delivery all the time. */
export function denseDayOf(
  windows: Float64Array,
  rest: Partial<DenseDay> & { readonly of?: Partial<SeriesHistory> } = {},
): DenseDay {
  const series = seriesOf(countsFrom(windows), { untilWindow: windows.length, ...rest.of })
  const day = windows.length / 288 - 1
  const others = seriesOf(countsFrom(new Float64Array(windows.length).fill(1)), { key: 'other' })
  return {
    series,
    baseline: rest.baseline ?? learnBaseline(series, day, grid),
    grid,
    denseCount: rest.denseCount ?? 10,
    keep: rest.keep ?? 'account',
    proof: {
      counts: series.counts,
      delivery: deliveryOf([series, others], day, grid),
      longestSilence: longestSilence(series, day, grid),
    },
  }
}

/** The same for errors, which are a share of calls. */
export function errorDayOf(errors: Float64Array, calls: Float64Array): DenseDay {
  const of = { metric: 'errors', exposure: countsFrom(calls) } as const
  return { ...denseDayOf(errors, { of }), proof: null }
}
