import { Fault } from '../base/fault.ts'
import { busiestWrites, unseenApi } from '../pipeline/injection/targets.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { seriesMeant } from './explain.ts'
import { fullSource } from './options.ts'
import { type SeriesFlags, seriesFilter } from './series.ts'

/** What names the APIs that incidents are planted into. */
export interface TargetFlags {
  readonly series?: string
  /** `RunInstances`, or with its service `ec2:RunInstances`. */
  readonly api?: string
  readonly service?: string
  readonly account?: string
  readonly region?: string
}

/** APIs listed where none is named. */
const MOST_LISTED = 10

/**
 * The API that is meant, also one that was never called; where none is named the busiest that write. Throws `USAGE` and
 * `NOT_FOUND` where the flags name several, or what cannot be.
 */
export function apisMeant(
  store: StoreReader,
  { series, api, service, account, region }: TargetFlags,
): { readonly apis: readonly SeriesRow[]; readonly isList: boolean } {
  const [name, given] = (api ?? '').split(':').reverse()
  const source = given ?? service
  const flags: SeriesFlags = {
    ...(account !== undefined && { account: [account] }),
    ...(region !== undefined && { region: [region] }),
    ...(source !== undefined && { service: [source] }),
    ...(name && { api: [name] }),
  }
  if (series !== undefined) return { apis: [seriesMeant(store, { series })], isList: false }
  if (api === undefined) {
    const apis = busiestWrites(store, seriesFilter(flags), MOST_LISTED)
    if (apis.length > 0) return { apis, isList: true }
    throw new Fault(
      'NOT_FOUND',
      'no such API that writes was seen: offtrail series list shows what was',
    )
  }
  const isSeen = store.series(seriesFilter(flags), { limit: 1, after: null }).rows.length > 0
  if (isSeen) return { apis: [seriesMeant(store, flags)], isList: false }
  if (!source || !name) {
    throw new Fault(
      'USAGE',
      `'${api}' was never called: name it with its service, as ec2:RunInstances`,
    )
  }
  const key = { eventSource: fullSource(source), eventName: name }
  return { apis: [unseenApi(store, key, { account, region })], isList: false }
}
