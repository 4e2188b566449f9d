import { Fault } from '../../base/fault.ts'
import { seriesId } from '../../bucket/series-key.ts'
import { everyPage } from '../../store/every-page.ts'
import type { SeriesFilter, SeriesRow, StoreReader } from '../../store/store.ts'
import { isRead } from '../insight-of.ts'

/** The management APIs that write and are called most, busiest first; `most` at most. */
export function busiestWrites(
  store: StoreReader,
  filter: SeriesFilter,
  most: number,
): readonly SeriesRow[] {
  return [...everyPage((page) => store.series({ ...filter, category: ['Management'] }, page))]
    .filter((row) => !isRead(row))
    .sort((one, other) => other.calls - one.calls || (one.id < other.id ? -1 : 1))
    .slice(0, most)
}

/** Where an API would be called. */
interface Place {
  readonly account: string
  readonly region: string
}

/**
 * A management API that an account never called in a Region, as a series without calls. Account and Region may be left out where
 * the store knows one only. Throws `USAGE` where it knows several, and `NOT_FOUND` where it does not know the one that is meant.
 */
export function unseenApi(
  store: StoreReader,
  api: { readonly eventSource: string; readonly eventName: string },
  meant: { readonly account: string | undefined; readonly region: string | undefined },
): SeriesRow {
  const { account, region } = placeMeant(store, api.eventName, meant)
  const key = { account, region, category: 'Management', ...api } as const
  return {
    ...{ ...key, ref: -1, id: seriesId(key), calls: 0, errors: 0, reads: 0 },
    firstMinute: Number.POSITIVE_INFINITY,
    lastMinute: Number.NEGATIVE_INFINITY,
  }
}

function placeMeant(
  store: StoreReader,
  eventName: string,
  {
    account,
    region,
  }: { readonly account: string | undefined; readonly region: string | undefined },
): Place {
  const places = store
    .watermarks(account)
    .filter((row) => region === undefined || row.region === region)
  const [only, ...others] = places
  if (only === undefined) {
    throw new Fault(
      'NOT_FOUND',
      `nothing is known of ${account ?? 'any account'} in ${region ?? 'any Region'}: offtrail series list shows what is`,
    )
  }
  if (others.length > 0) {
    throw new Fault(
      'USAGE',
      `${eventName} was never called, so say where it would be: --account ${only.account} --region ${only.region}, or one of ${others.length} other places`,
    )
  }
  return only
}
