import {
  type AccountHistory,
  type Counts,
  type Grid,
  isUnderFloor,
  rarityInSeries,
  type SeriesHistory,
  scoreAccount,
  sensitivity,
} from '../../../models/index.ts'
import { type Bands, bandsOf, together } from '../measure/bands.ts'
import type { SeriesScores } from '../measure/track.ts'
import { scoredFrom, type Work, type WorkSeries } from '../scenario/work.ts'
import type { Entrant } from './entrant.ts'

/** What is asked of our model, or of an edited copy of it. */
export interface Model {
  readonly scoreAccount: typeof scoreAccount
  readonly isUnderFloor: typeof isUnderFloor
  readonly rarityInSeries: typeof rarityInSeries
  readonly sensitivity: typeof sensitivity
}

const OURS: Model = { scoreAccount, isUnderFloor, rarityInSeries, sensitivity }

/** Our model. A work's series of one bucket length are scored as one account. */
export function ours(name = 'ours', model: Model = OURS): Entrant {
  return {
    name,
    promises: true,
    look: (work) => {
      const scores = work.series.map(({ calls }) => ({
        calls: new Float64Array(calls.length),
        errors: new Float64Array(calls.length),
      }))
      const grids = [...new Set(work.series.map((series) => series.bucketS))]
      const bands = grids.map((bucketS) => scoreGrid(work, scores, { bucketS, model }))
      return { scores, bands: together(bands) }
    },
  }
}

interface GridChoice {
  readonly bucketS: number
  readonly model: Model
}

/** Scores the series of one grid; a window's score falls on its last bucket, per series-week. Answers how the counts lay in their bands. */
function scoreGrid(
  work: Work,
  scores: readonly SeriesScores[],
  { bucketS, model }: GridChoice,
): Bands {
  const grid: Grid = { windowMinutes: bucketS / 60 }
  const origin = work.startMs / 1000 / bucketS
  const places = work.series.flatMap((series, at) => (series.bucketS === bucketS ? [at] : []))
  const series = places.map((at) => work.series[at] as WorkSeries)
  const histories = series.flatMap((each, place) => historiesOf(each, String(place), origin))
  const history: AccountHistory = {
    series: histories,
    firstWindow: Math.min(...histories.map(({ firstWindow }) => firstWindow)),
  }
  // What is no alarm at any budget has no score, as in `offtrail score`.
  const floors = model.sensitivity(1)
  const result = model.scoreAccount(history, daysOf(series, origin), grid, 'series')
  const placeOf = (key: string): number => places[Number(key.split(' ')[0])] as number
  for (const score of result.scores) {
    if (score.unconfirmed || model.isUnderFloor(score, floors)) continue
    const place = placeOf(score.key)
    const target = (scores[place] as SeriesScores)[score.metric]
    const value = model.rarityInSeries(score)
    const until = Math.min(target.length, score.standsUntil - origin)
    for (let at = score.untilWindow - 1 - origin; at < until; at++) {
      target[at] = Math.max(target[at] as number, value)
    }
  }
  const calls = result.expectations.filter(({ metric }) => metric === 'calls')
  return together(
    calls.map(({ key, expectation }) =>
      bandsOf(work.series[placeOf(key)] as WorkSeries, expectation, origin),
    ),
  )
}

/** The days that anything is scored on. */
function daysOf(
  series: readonly WorkSeries[],
  origin: number,
): { fromDay: number; untilDay: number } {
  const { bucketS, calls } = series[0] as WorkSeries
  const perDay = 86_400 / bucketS
  const firstDay = origin / perDay
  const from = Math.min(...series.map((each) => Math.floor(scoredFrom(each) / perDay)))
  return { fromDay: firstDay + from, untilDay: firstDay + calls.length / perDay }
}

/** One history for the calls, and one per error code with the calls it is a share of. */
function historiesOf(
  { calls, codes, firstBucket }: WorkSeries,
  key: string,
  origin: number,
): readonly SeriesHistory[] {
  const exposure = sparse(calls, origin)
  const common = { group: 'all', untilWindow: origin + calls.length }
  return [
    {
      ...common,
      key,
      metric: 'calls',
      pool: 'calls',
      of: null,
      counts: exposure,
      exposure: null,
      firstWindow: origin + firstBucket,
    },
    ...[...codes].flatMap(([code, errors]): readonly SeriesHistory[] => {
      const counts = sparse(errors, origin)
      const first = counts.at[0]
      if (first === undefined) return []
      const own = { key: `${key} ${code}`, metric: 'errors', pool: 'errors', of: key } as const
      return [{ ...common, ...own, counts, exposure, firstWindow: first }]
    }),
  ]
}

function sparse(counts: Int32Array, origin: number): Counts {
  const at: number[] = []
  for (let bucket = 0; bucket < counts.length; bucket++) if (counts[bucket]) at.push(bucket)
  return {
    at: Int32Array.from(at, (bucket) => origin + bucket),
    count: Int32Array.from(at, (bucket) => counts[bucket] as number),
  }
}
