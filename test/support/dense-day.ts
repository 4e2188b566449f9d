import { burstLaw, EMPTY_POOL, NO_BURSTS, ownLaw } from '../../models/baseline/burst-law.ts'
import type { BurstJudge } from '../../models/baseline/own-bursts.ts'
import { OWN_TAIL } from '../../models/baseline/tail-scale.ts'
import {
  type DenseDay,
  deliveryOf,
  learnBaseline,
  longestSilence,
  type SeriesHistory,
} from '../../models/index.ts'
import { Scratch } from '../../models/series/scratch.ts'
import { countsFrom, seriesOf } from './account-history.ts'

const grid = { windowMinutes: 5 }

/** Bursts as they are believed to be before any is seen. */
export const believedBursts: BurstJudge = {
  law: ownLaw(burstLaw(EMPTY_POOL, 28), NO_BURSTS, { ageDays: 28, peers: 1 }),
  tail: OWN_TAIL,
}

/** Bursts so small that no rise is one: what is found is what the series' own law says. */
export const noBursts: BurstJudge = {
  law: { ...believedBursts.law, location: 0, spread: 0.01 },
  tail: OWN_TAIL,
}

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
    changes: rest.changes ?? 0,
    bursts: rest.bursts ?? (() => noBursts),
    scratch: new Scratch(),
    proof: {
      counts: series.counts,
      delivery: deliveryOf([series, others], day, grid),
      longestSilence: () => longestSilence(series, day, grid),
    },
  }
}

/** The same for errors, which are a share of calls. */
export function errorDayOf(errors: Float64Array, calls: Float64Array): DenseDay {
  const of = { metric: 'errors', exposure: countsFrom(calls) } as const
  return { ...denseDayOf(errors, { of }), proof: null }
}
