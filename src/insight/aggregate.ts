import type { Aggregate, Pool } from '../../models/index.ts'

/** Which sum over many APIs: in one Region by everybody, or in all Regions by one principal. */
export interface AggregateSubject {
  readonly aggregate: Aggregate
  /** `null`: all Regions of the account. */
  readonly region: string | null
  /** An identity without session name; `null`: everybody. */
  readonly principal: string | null
}

/** What it is judged with: one caller's different APIs are held against its own record. */
export function poolOf({ aggregate, principal }: AggregateSubject): Pool {
  return aggregate === 'distinct' && principal !== null ? 'breadth' : aggregate
}

/** What insights about aggregates name as their service and Region where they have none. */
export const AGGREGATE_SOURCE = 'offtrail'
export const ALL_REGIONS = 'all'

/** What insights about aggregates name as their API. */
export const AGGREGATE_NAMES: Readonly<Record<Aggregate, string>> = {
  distinct: 'DistinctApis',
  newcomers: 'FirstSeenApis',
  denials: 'DeniedCalls',
}

/** Kinds that insights in a store are about; `volume` is told no more. */
export type ToldAggregate = Aggregate | 'volume'

/** The same for people. */
export const AGGREGATE_TITLES: Readonly<Record<ToldAggregate, string>> = {
  distinct: 'different APIs',
  newcomers: 'first-seen APIs',
  volume: 'all calls',
  denials: 'denied calls',
}

/** One API behind an aggregate's insight. */
export interface Contributor {
  /** `eventSource:eventName`. */
  readonly api: string
  /** Its calls in the insight's span (denied ones, of an aggregate of denials). */
  readonly calls: number
}

/** What an insight about an aggregate has besides. */
export interface AggregateFacts {
  readonly kind: ToldAggregate
  readonly scope: 'region' | 'principal'
  /** APIs that took part. */
  readonly apiCount: number
  /** Those furthest above their mean of the seven days before, at most ten. */
  readonly topApis: readonly Contributor[]
}

/** Identifies a subject by its content. */
export function aggregateKey({ aggregate, region, principal }: AggregateSubject): string {
  return JSON.stringify(['aggregate', aggregate, region, principal])
}
