import type { SensitivityOverride } from '../../models/index.ts'
import { matchesGlob } from '../base/glob.ts'
import type { Override } from '../base/overrides.ts'
import { serviceOf } from '../insight/service.ts'
import type { SeriesRow } from '../store/store.ts'
import { isRead } from './insight-of.ts'

/** What a sensitivity is asked for. */
export interface Judged {
  readonly series: SeriesRow
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
}

/** An override, and its place in the settings. */
export interface Placed {
  readonly place: number
  readonly override: Override
}

/** The overrides that match, in order. */
export function overridesFor(overrides: readonly Override[], judged: Judged): readonly Placed[] {
  return overrides.flatMap((override, place) =>
    isFor(override, judged) ? [{ place, override }] : [],
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

function isFor(override: Override, { series, errorCode, direction }: Judged): boolean {
  const type = errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight'
  if (override.insightType !== undefined && override.insightType !== type) return false
  if (override.direction !== undefined && override.direction !== direction) return false
  if (override.readOnly !== undefined && override.readOnly !== isRead(series)) return false
  const named: readonly (readonly [string | undefined, string | null])[] = [
    [override.api, `${serviceOf(series.eventSource)}:${series.eventName}`],
    [override.account, series.account],
    [override.region, series.region],
    [override.errorCode, errorCode],
  ]
  return named.every(
    ([pattern, value]) => pattern === undefined || (value !== null && matchesGlob(pattern, value)),
  )
}
