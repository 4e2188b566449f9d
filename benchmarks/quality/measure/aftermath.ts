import type { ChangeKind } from '../scenario/work.ts'
import type { Judgement } from './judge.ts'
import type { Track } from './track.ts'

/** What became of legitimate changes of one kind. */
export interface Aftermath {
  readonly kind: ChangeKind
  readonly changes: number
  /** False events on calls within the first 72 hours, per change: some are fair, as nobody could know. */
  readonly perChange: number
  /** False events on calls later than that, per week and series. */
  readonly perWeekAfter: number
}

const SETTLED_SECONDS = 72 * 3600

/** Counts the false events that follow legitimate changes. */
export function aftermathOf(
  tracks: readonly Track[],
  { falseEvents }: Judgement,
): readonly Aftermath[] {
  const sums = new Map<
    ChangeKind,
    { changes: number; early: number; late: number; weeks: number }
  >()
  for (const track of tracks) {
    if (track.metric !== 'calls') continue
    const { changes, bucketS, calls } = track.series
    for (const { kind, bucket } of changes) {
      const sum = sums.get(kind) ?? { changes: 0, early: 0, late: 0, weeks: 0 }
      const settled = bucket + SETTLED_SECONDS / bucketS
      const starts = falseEvents.filter((event) => event.track === track)
      sum.changes++
      sum.weeks += Math.max(0, ((calls.length - settled) * bucketS) / 604_800)
      sum.early += starts.filter(({ startBucket: at }) => at >= bucket && at < settled).length
      sum.late += starts.filter(({ startBucket: at }) => at >= settled).length
      sums.set(kind, sum)
    }
  }
  return [...sums].map(([kind, { changes, early, late, weeks }]) => ({
    kind,
    changes,
    perChange: early / changes,
    perWeekAfter: late / weeks,
  }))
}
