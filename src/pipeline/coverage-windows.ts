import type { Coverage, WindowSpan } from '../../models/index.ts'
import { DELIVERY_LAG_MINUTES } from '../bucket/completeness.ts'
import type { CoverageStretch } from '../store/coverage.ts'
import type { StoreReader } from '../store/store.ts'
import { joined, type MinuteSpan, type SkipsOf } from './skipped-windows.ts'

/** What is known of a Region's delivery; undefined: nothing. */
export type CoverageOf = (region: string) => Coverage | undefined

const HOUR_MINUTES = 60

/** What digests say of an account's windows in a span, by Region. */
export function coverageWindows(
  store: StoreReader,
  account: string,
  { fromMinute, untilMinute }: MinuteSpan,
  windowMinutes: number,
): CoverageOf {
  const span = {
    fromMs: fromMinute * 60_000,
    untilMs: (untilMinute + HOUR_MINUTES) * 60_000,
  }
  const known = new Map<string, Coverage>()
  const rows = store.coverage({ account: [account], ...span })
  for (const region of new Set(rows.map((row) => row.region))) {
    const own = rows.filter((row) => row.region === region)
    known.set(region, coverageOf(own, windowMinutes))
  }
  return (region) => known.get(region)
}

/** What teaches nothing: what calendars say, and what is lost. */
export function skippingLost(skipsOf: SkipsOf, coverageOf: CoverageOf): SkipsOf {
  // Most series are in the same scopes.
  const known = new Map<string, Map<unknown, readonly WindowSpan[]>>()
  return (about) => {
    const skips = skipsOf(about)
    const lost = coverageOf(about.region)?.lost ?? []
    if (lost.length === 0) return skips
    const ofRegion = known.get(about.region) ?? new Map<unknown, readonly WindowSpan[]>()
    const windows = ofRegion.get(skips) ?? joined([...(skips ?? []), ...lost])
    known.set(about.region, ofRegion.set(skips, windows))
    return windows
  }
}

/** Hours are of delivery, windows of calls, which come up to a while later: lost is what an hour may hold, proven what no other may. */
function coverageOf(stretches: readonly CoverageStretch[], windowMinutes: number): Coverage {
  const lost = stretches
    .filter(({ state }) => state !== 'proven')
    .map(({ fromHour, untilHour }) => ({
      from: Math.floor((fromHour * HOUR_MINUTES - DELIVERY_LAG_MINUTES) / windowMinutes),
      until: Math.ceil((untilHour * HOUR_MINUTES) / windowMinutes),
    }))
  const proven = stretches
    .filter(({ state }) => state === 'proven')
    .map(({ fromHour, untilHour }) => ({
      from: Math.ceil((fromHour * HOUR_MINUTES) / windowMinutes),
      until: Math.floor((untilHour * HOUR_MINUTES - DELIVERY_LAG_MINUTES) / windowMinutes),
    }))
    .filter(({ from, until }) => from < until)
  return { lost: joined(lost), proven: joined(proven) }
}
