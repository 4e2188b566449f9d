import type { Pool, Score, SensitivityOverride } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import { AGGREGATE_NAMES, AGGREGATE_SOURCE, ALL_REGIONS, poolOf } from '../../insight/aggregate.ts'
import type { StoreReader } from '../../store/store.ts'
import { completeWindows } from '../account-history.ts'
import { scoresBySubject } from '../aggregates/aggregate-insights.ts'
import { untilOf } from '../aggregates/aggregate-series.ts'
import { isOutOfProfile } from '../decide-account.ts'
import { overridesFor, together } from '../overrides.ts'
import { inOrderOfFirst, scoresBySeries } from '../scores-by-series.ts'
import { type ReplayKey, replayKey } from './replay-key.ts'

/** One API (or one error code of it, or a sum over many APIs) in one direction, with every score that was kept of it. */
export interface ReplaySeries {
  /** Names it when its episodes are asked about. */
  readonly key: string
  readonly account: string
  readonly region: string
  readonly eventSource: string
  readonly eventName: string
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
  readonly pool: Pool
  /** A sum over many APIs; null: one API. */
  readonly sum: { readonly kind: string; readonly scope: 'region' | 'principal' } | null
  /** Whether the `insights` profile looks at it. */
  readonly isInInsights: boolean
  /** What the settings' overrides turn for it; null: nothing. */
  readonly override: SensitivityOverride | null
  /** First window that is not complete yet. */
  readonly untilWindow: number
  /** In the order of their ends. */
  readonly scores: readonly Score[]
}

/** Everything an account's history is decided from: single APIs, then sums. */
export function replaySeries(
  store: StoreReader,
  account: string,
  settings: Settings,
): readonly ReplaySeries[] {
  const span = { untilMinute: Number.POSITIVE_INFINITY, windowMinutes: settings.windowMinutes }
  const complete = completeWindows(store, account, span)
  return [
    ...apis(store, account, { settings, complete }),
    ...sums(store, account, { settings, complete }),
  ]
}

function* apis(
  store: StoreReader,
  account: string,
  { settings, complete }: { settings: Settings; complete: ReadonlyMap<string, number> },
): Generator<ReplaySeries> {
  const profile = 'insights'
  const told = [...scoresBySeries(store, account)].map((each) => ({
    ...each,
    first: each.scores[0],
  }))
  for (const { series, errorCode, scores } of inOrderOfFirst(told)) {
    const { id, region, eventSource, eventName } = series
    const direction = scores[0]?.direction ?? 'up'
    const key: ReplayKey = { series: id, errorCode, direction }
    yield {
      ...{ key: replayKey(key), account, region, eventSource, eventName, errorCode, direction },
      ...{ pool: errorCode === null ? 'calls' : 'errors', sum: null },
      isInInsights: !isOutOfProfile(series, errorCode, { profile }),
      override: together(overridesFor(settings.overrides, { series, errorCode, direction })),
      ...{ untilWindow: complete.get(region) ?? 0, scores },
    }
  }
}

function sums(
  store: StoreReader,
  account: string,
  { settings, complete }: { settings: Settings; complete: ReadonlyMap<string, number> },
): readonly ReplaySeries[] {
  return scoresBySubject(store, account).map(({ subject, scores }) => {
    const { aggregate, region, principal } = subject
    return {
      key: replayKey({ account, aggregate, region, principal }),
      ...{ account, region: region ?? ALL_REGIONS, eventSource: AGGREGATE_SOURCE },
      ...{ eventName: AGGREGATE_NAMES[aggregate], errorCode: null, direction: 'up' },
      pool: poolOf(subject),
      sum: { kind: aggregate, scope: principal === null ? 'region' : 'principal' },
      isInInsights: false,
      override: together(overridesFor(settings.overrides, { account, subject })),
      ...{ untilWindow: untilOf(subject, complete), scores },
    }
  })
}
