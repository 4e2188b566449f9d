import type { AccountHistory, SeriesHistory } from '../../../models/index.ts'
import {
  AGGREGATE_NAMES,
  AGGREGATE_SOURCE,
  type AggregateSubject,
  ALL_REGIONS,
  aggregateKey,
  poolOf,
} from '../../insight/aggregate.ts'
import type { StoreReader } from '../../store/store.ts'
import { completeWindows, type LoadedAccount, type LoadSpan } from '../account-history.ts'
import type { SkipsOf } from '../skipped-windows.ts'
import type { AccountGrid, AggregateCounts } from './aggregate-counts.ts'
import { principalAggregates } from './principal-aggregates.ts'
import { regionAggregates } from './region-aggregates.ts'

/** An account's history with its aggregates, and what those are. */
export interface WithAggregates {
  readonly history: AccountHistory
  readonly subjects: ReadonlyMap<string, AggregateSubject>
}

/**
 * Appends an account's aggregates to its series: sums that are scored like any other series, each in the pool of its
 * kind. They are made of the stored counts alone, so neither order nor cutting of runs can matter.
 */
export function withAggregates(
  store: StoreReader,
  account: string,
  loaded: LoadedAccount,
  span: LoadSpan & Pick<AccountGrid, 'firstMinute'>,
): WithAggregates {
  const all = [
    ...regionAggregates(loaded, span),
    ...principalAggregates(store, { ...span, account }),
  ]
  const complete = completeWindows(store, account, span)
  const { skipsOf = () => undefined } = span
  const context = { account, complete, firstWindow: loaded.history.firstWindow, skipsOf }
  const series = all
    .filter(({ counts }) => counts.at.length > 0)
    .map((each) => historyOf(each, context))
  return {
    history: { ...loaded.history, series: [...loaded.history.series, ...series] },
    subjects: new Map(all.map(({ subject }) => [aggregateKey(subject), subject])),
  }
}

interface Context {
  readonly account: string
  readonly skipsOf: SkipsOf
  readonly complete: ReadonlyMap<string, number>
  readonly firstWindow: number
}

function historyOf(
  { subject, counts }: AggregateCounts,
  { account, complete, firstWindow, skipsOf }: Context,
): SeriesHistory {
  return {
    key: aggregateKey(subject),
    ...{ metric: 'calls', pool: poolOf(subject), group: subject.region ?? '' },
    ...{ counts, exposure: null, of: null },
    // Known whatever days were loaded; a caller's own first call would not be.
    firstWindow,
    untilWindow: untilOf(subject, complete),
    skips: skipsOf({
      ...{ account, region: subject.region ?? ALL_REGIONS },
      ...{ eventSource: AGGREGATE_SOURCE, eventName: AGGREGATE_NAMES[subject.aggregate] },
    }),
  }
}

/**
 * Regions joined, the one that is known furthest decides: aggregates only rise, and what another Region still brings
 * makes them rise more.
 */
export function untilOf(
  { region }: AggregateSubject,
  complete: ReadonlyMap<string, number>,
): number {
  return region === null ? Math.max(0, ...complete.values()) : (complete.get(region) ?? 0)
}
