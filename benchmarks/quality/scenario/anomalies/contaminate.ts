import { between, chance, whole } from '../random.ts'
import { UNSCORED_DAYS } from '../work.ts'
import { type Site, scatter } from './site.ts'

/**
 * Big anomalies that nobody labelled, in the days that are not scored: a past that a learner must not
 * take for normal. From five to fifty times what the window usually brings.
 */
export function contaminate({ random, timeline, calls, laws, made }: Site): void {
  for (let left = whole(random, 1, 3); left > 0; left--) {
    const hours = chance(random, 0.5) ? 1 : whole(random, 2, 12)
    const buckets = hours * timeline.perHour
    const last = (UNSCORED_DAYS - 1) * timeline.perDay
    const from = Math.floor(between(random, timeline.perDay, last - buckets))
    const law = laws(from, from + buckets)
    const extra = Math.round(20 + law.mean * between(random, 2, 20))
    const weights = made.stream.truth.mean
      .slice(from, from + buckets)
      .map((mean) => mean + law.mean / buckets)
    scatter(random, calls, Math.min(extra, 200_000), { from, weights })
  }
}
