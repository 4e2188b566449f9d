import { rfc3339 } from '../base/times.ts'
import {
  COVERAGE_HOUR_MS,
  type CoverageFilter,
  type CoverageStretch,
  type HourState,
} from '../store/coverage.ts'
import type { StoreReader } from '../store/store.ts'

/** Hours in one state, RFC 3339; `to` is not part of it. */
export interface StretchView {
  readonly account: string
  readonly region: string
  readonly from: string
  readonly to: string
  readonly state: HourState
}

/** How much of an account and Region is proven. */
export interface RegionCoverage {
  readonly account: string
  readonly region: string
  /** Of the hours from the first to the last one that digests speak for, in the span that was asked for: 0 to 1. */
  readonly provenShare: number
  /** End of the newest proven hour; null: none is. */
  readonly provenUntil: string | null
}

export interface CoverageReport {
  readonly stretches: readonly StretchView[]
  readonly regions: readonly RegionCoverage[]
}

/** What digests say of the hours of deliveries, for people and programs. */
export function coverageReport(store: StoreReader, filter: CoverageFilter): CoverageReport {
  const stretches = store.coverage(filter)
  const places = new Map<string, CoverageStretch[]>()
  for (const stretch of stretches) {
    const key = JSON.stringify([stretch.account, stretch.region])
    places.set(key, [...(places.get(key) ?? []), stretch])
  }
  return { stretches: stretches.map(viewOf), regions: [...places.values()].flatMap(regionOf) }
}

function viewOf({ account, region, fromHour, untilHour, state }: CoverageStretch): StretchView {
  const [from, to] = [fromHour, untilHour].map((hour) => rfc3339(hour * COVERAGE_HOUR_MS))
  return { account, region, from: from ?? '', to: to ?? '', state }
}

function regionOf(stretches: readonly CoverageStretch[]): readonly RegionCoverage[] {
  const [first, last] = [stretches[0], stretches.at(-1)]
  if (first === undefined || last === undefined) return []
  const { account, region } = first
  const proven = stretches.filter(({ state }) => state === 'proven')
  const hours = proven.reduce((sum, { fromHour, untilHour }) => sum + untilHour - fromHour, 0)
  const newest = proven.at(-1)
  return [
    {
      ...{ account, region, provenShare: hours / (last.untilHour - first.fromHour) },
      provenUntil: newest === undefined ? null : rfc3339(newest.untilHour * COVERAGE_HOUR_MS),
    },
  ]
}
