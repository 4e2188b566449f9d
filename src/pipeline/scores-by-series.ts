import type { Score } from '../../models/index.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'

/** What was kept of one API, or one of its error codes, in one direction. */
export interface ScoresOfSeries {
  readonly series: SeriesRow
  readonly errorCode: string | null
  readonly scores: readonly Score[]
}

/**
 * Stored scores apart by series, code and direction, each in order of time; those that surprise less than asked for may be left
 * out. Only one series' scores are read at a time.
 */
export function* scoresBySeries(
  store: StoreReader,
  account: string,
  leastSurprise?: number,
): Generator<ScoresOfSeries> {
  for (const ref of store.scoredSeries(account, leastSurprise)) {
    const series = store.seriesByRef(ref)
    if (series === undefined) continue
    const apart = new Map<string, { errorCode: string | null; scores: Score[] }>()
    const ever = { fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
    const asked = leastSurprise === undefined ? ever : { ...ever, leastSurprise }
    for (const { errorCode, score } of store.scores({ series: ref, ...asked })) {
      const key = JSON.stringify([errorCode, score.direction])
      const known = apart.get(key)
      if (known === undefined) apart.set(key, { errorCode, scores: [score] })
      else known.scores.push(score)
    }
    for (const each of apart.values()) yield { series, ...each }
  }
}

/** What is told of series, in the order of their first scores. */
export function inOrderOfFirst<Told extends { readonly first: Score | undefined }>(
  told: readonly Told[],
): readonly Told[] {
  return [...told].sort(({ first: one }, { first: other }) =>
    one === undefined || other === undefined ? 0 : byStoredOrder(one, other),
  )
}

/** The order in which a store hands scores over: by the end of their window, then its begin, then their content. */
function byStoredOrder(one: Score, other: Score): number {
  if (one === other) return 0
  return (
    one.untilWindow - other.untilWindow ||
    one.fromWindow - other.fromWindow ||
    (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
  )
}
