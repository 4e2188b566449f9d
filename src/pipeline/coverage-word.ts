import type { TrailHours } from '../source/digest/verify-archive.ts'
import { COVERAGE_HOUR_MS, type CoverageWord } from '../store/coverage.ts'

/** What a verification says of a trail's hours, as the store keeps it. */
export function coverageWord({ account, region, trail, hours }: TrailHours): CoverageWord {
  const stretches = hours.map(({ fromMs, untilMs, state }) => ({
    ...{ fromHour: fromMs / COVERAGE_HOUR_MS, untilHour: untilMs / COVERAGE_HOUR_MS, state },
  }))
  return { account, region, trail, stretches }
}
