import type { SeriesHistory } from '../../models/index.ts'
import { countsFrom, seasonalWindows, seriesOf, sparseWindows } from './account-history.ts'
import { seededRandom } from './seeded-random.ts'

/** Two busy series, errors of one of them, and a few sparse ones, in three groups; the same for the same seed. */
export function mixedSeries(days: number, seed: number): readonly SeriesHistory[] {
  const busy = [0, 1].map((at) =>
    seasonalWindows(seededRandom(seed + at), { days, perHour: 12 * (at + 1) }),
  )
  const [first] = busy as [Float64Array]
  const random = seededRandom(seed)
  const errors = first.map((count) => (random() < 0.5 ? Math.ceil(count / 3) : 0))
  const sparse = [2, 3, 4, 5].map((at) =>
    sparseWindows(seededRandom(seed + at), { days, burstsPerWeek: at }),
  )
  return [
    ...[...busy, ...sparse].map((windows, at) =>
      seriesOf(countsFrom(windows), { key: `series-${at}`, group: `group-${at % 3}` }),
    ),
    seriesOf(countsFrom(errors), {
      key: 'series-0',
      metric: 'errors',
      exposure: countsFrom(first),
      of: 'series-0',
    }),
    seriesOf(countsFrom(errors.map((count, at) => (at % 5 === 0 ? count : 0))), {
      key: 'series-0 too',
      metric: 'errors',
      exposure: countsFrom(first),
      of: 'series-0',
    }),
  ].map((series) => ({ ...series, untilWindow: days * 288 }))
}
