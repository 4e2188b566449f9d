import type { SensitivityOverride } from '../../models/index.ts'
import { fits } from '../base/glob.ts'
import type { Override } from '../base/overrides.ts'
import {
  AGGREGATE_NAMES,
  AGGREGATE_SOURCE,
  type AggregateSubject,
  ALL_REGIONS,
} from '../insight/aggregate.ts'
import { serviceOf } from '../insight/service.ts'
import type { SeriesRow } from '../store/store.ts'
import { isRead } from './insight-of.ts'

/** What a sensitivity is asked for. */
export interface Judged {
  readonly series: SeriesRow
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
}

/** A sum over many APIs of an account: overrides know it as suppressions do, by `offtrail:*` and its Region or `all`. */
export interface JudgedSum {
  readonly account: string
  readonly subject: AggregateSubject
}

/** An override, and its place in the settings. */
export interface Placed {
  readonly place: number
  readonly override: Override
}

/** The overrides that match, in order. */
export function overridesFor(
  overrides: readonly Override[],
  judged: Judged | JudgedSum,
): readonly Placed[] {
  const named = 'subject' in judged ? namesOfSum(judged) : namesOfSeries(judged)
  return overrides.flatMap((override, place) =>
    isFor(override, named) ? [{ place, override }] : [],
  )
}

/** The overrides that turn the rises of calls of every API of an account, whichever it is. */
export function overridesForAll(
  overrides: readonly Override[],
  account: string,
): readonly Placed[] {
  const anyApi = { ...{ api: null, region: null, errorCode: null, readOnly: null }, account }
  const named: Names = { ...anyApi, insightType: 'ApiCallRateInsight', direction: 'up' }
  return overrides.flatMap((override, place) =>
    isFor(override, named) ? [{ place, override }] : [],
  )
}

/** Overrides as one: of each value the last one stands; null where there is none. */
export function together(placed: readonly Placed[]): SensitivityOverride | null {
  if (placed.length === 0) return null
  const overrides = placed.map(({ override }) => override)
  const times = overrides.findLast(({ budgetTimes }) => budgetTimes !== undefined)
  return {
    budgetTimes: times?.budgetTimes ?? 1,
    floors: Object.assign({}, ...overrides.map(({ floors }) => floors ?? {})),
  }
}

/** What selectors are held against; what is null, no selector matches. */
type Names = Readonly<Record<'api' | 'region' | 'errorCode', string | null>> & {
  readonly account: string
  readonly insightType: string
  readonly direction: 'up' | 'down'
  readonly readOnly: boolean | null
}

function namesOfSeries({ series, errorCode, direction }: Judged): Names {
  const { account, region, eventSource, eventName } = series
  return {
    ...{ account, region, errorCode, direction, readOnly: isRead(series) },
    api: `${serviceOf(eventSource)}:${eventName}`,
    insightType: errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight',
  }
}

function namesOfSum({ account, subject: { aggregate, region } }: JudgedSum): Names {
  return {
    ...{ account, region: region ?? ALL_REGIONS, errorCode: null, direction: 'up', readOnly: null },
    api: `${AGGREGATE_SOURCE}:${AGGREGATE_NAMES[aggregate]}`,
    insightType: 'AggregateInsight',
  }
}

function isFor(override: Override, named: Names): boolean {
  const { insightType, direction, readOnly } = override
  return (
    (insightType === undefined || insightType === named.insightType) &&
    (direction === undefined || direction === named.direction) &&
    (readOnly === undefined || readOnly === named.readOnly) &&
    (['api', 'account', 'region', 'errorCode'] as const).every((name) =>
      fits(override[name], named[name]),
    )
  )
}
