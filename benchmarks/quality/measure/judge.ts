import type { Label } from '../scenario/work.ts'
import type { Track, Zone } from './track.ts'

/** Flagged buckets at most this far apart are one event. */
const MERGE_SECONDS = 3 * 3600

/** An event that nothing labelled explains. */
export interface FalseEvent {
  readonly track: Track
  readonly startBucket: number
}

/** What a threshold brings on some tracks. */
export interface Judgement {
  /** For each label that was hit, the bucket in which its first event starts. */
  readonly hits: ReadonlyMap<Label, number>
  readonly falseEvents: readonly FalseEvent[]
}

/**
 * Joins the buckets that reach a threshold to events, and sorts these: an event hits a label of its
 * own metric if it starts in the label's zone; one that began earlier and goes on hits nothing. In
 * the zone of a label of the other metric it is neutral. Every other event is false.
 */
export function judge(tracks: readonly Track[], threshold: number): Judgement {
  const hits = new Map<Label, number>()
  const falseEvents: FalseEvent[] = []
  for (const track of tracks) {
    for (const startBucket of startsOf(track, threshold)) {
      const zone = zoneAt(track.own, startBucket)
      if (zone !== undefined) {
        if (!hits.has(zone.label)) hits.set(zone.label, startBucket)
      } else if (zoneAt(track.neutral, startBucket) === undefined) {
        falseEvents.push({ track, startBucket })
      }
    }
  }
  return { hits, falseEvents }
}

const zoneAt = (zones: readonly Zone[], bucket: number): Zone | undefined =>
  zones.find(({ from, last }) => from <= bucket && bucket <= last)

/** The first bucket of each event. */
export function startsOf({ at, score, series }: Track, threshold: number): readonly number[] {
  const reach = MERGE_SECONDS / series.bucketS
  const starts: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (let place = 0; place < at.length; place++) {
    if ((score[place] as number) < threshold) continue
    const bucket = at[place] as number
    if (bucket - last > reach) starts.push(bucket)
    last = bucket
  }
  return starts
}
