import {
  decide,
  type Episode,
  episodesOf,
  type Metric,
  type Score,
  severityOf,
} from '../../../models/index.ts'
import type { OwnedScores } from './score-grid.ts'
import { type EventRules, seriesScore } from './score-rows.ts'

/** A stretch in which a key left what is normal for it, in one direction. */
export interface CountEvent {
  readonly key: string
  readonly metric: Metric
  /** Start of the bucket in which the alarm was raised. */
  readonly startMs: number
  /** End of the last unusual bucket; the end of the counts where it may still go on. */
  readonly endMs: number
  /** Its peak, on the scale of `seriesScore`. */
  readonly score: number
  readonly direction: 'up' | 'down'
  /** 0 to 100. */
  readonly severity: number
}

/** The events of one key and metric by their start. Codes that fail together are one event. */
export function countEvents(owned: OwnedScores, rules: EventRules): readonly CountEvent[] {
  const { grid, sensitivity, endMs } = rules
  const context = {
    ...grid,
    untilWindow: Math.floor(endMs / (grid.windowMinutes * 60_000)),
  }
  const verdictOf = (score: Score) => decide(score, sensitivity)
  const eventsOf = (direction: 'up' | 'down'): readonly CountEvent[] => {
    const scores = owned.scores.filter((score) => score.direction === direction)
    const events = [...bySeries(scores).values()]
      .flatMap((ofSeries) => episodesOf(ofSeries, verdictOf, context))
      .map((episode) => eventOf(owned, episode, rules))
    return joined(events.sort(byStart))
  }
  return [...eventsOf('up'), ...eventsOf('down')].sort(byStart)
}

function bySeries(scores: readonly Score[]): ReadonlyMap<string, readonly Score[]> {
  const apart = new Map<string, Score[]>()
  for (const score of scores) {
    const list = apart.get(score.key)
    if (list === undefined) apart.set(score.key, [score])
    else list.push(score)
  }
  return apart
}

function eventOf(
  { owner }: OwnedScores,
  episode: Episode,
  { grid, endMs }: EventRules,
): CountEvent {
  const bucketMs = grid.windowMinutes * 60_000
  const { trigger, peak, endWindow, direction } = episode
  return {
    key: owner.key,
    metric: owner.metric,
    startMs: (trigger.untilWindow - 1) * bucketMs,
    endMs: endWindow === null ? endMs : endWindow * bucketMs,
    score: seriesScore(peak),
    direction,
    severity: severityOf(peak.surprise),
  }
}

/** Events by their start, those that overlap or touch as one. */
function joined(events: readonly CountEvent[]): CountEvent[] {
  const apart: CountEvent[] = []
  for (const event of events) {
    const last = apart.at(-1)
    if (last === undefined || event.startMs > last.endMs) apart.push(event)
    else apart[apart.length - 1] = both(last, event)
  }
  return apart
}

function both(first: CountEvent, second: CountEvent): CountEvent {
  return {
    ...first,
    endMs: Math.max(first.endMs, second.endMs),
    score: Math.max(first.score, second.score),
    severity: Math.max(first.severity, second.severity),
  }
}

function byStart(one: CountEvent, other: CountEvent): number {
  return one.startMs - other.startMs
}
