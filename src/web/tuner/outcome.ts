import { type JudgedHistory, judgeAlarms } from '../../../models/index.ts'
import type { Alarm } from './decide.ts'
import type { History } from './history.ts'

/** How alarms meet the labels: the numbers of `offtrail backtest`. */
export function outcomeOf(
  { labels, accountWeeks, settings }: History,
  alarms: readonly Alarm[],
): JudgedHistory {
  const places = new Map(labels.map(({ key }, place) => [key, place]))
  const judged = alarms.map(({ incident, episode, facts }) => ({
    ...{ incident, surprise: episode.peak.surprise },
    detectedMs: episode.trigger.untilWindow * settings.windowMinutes * 60_000,
    labels: facts.labels.flatMap((key) => places.get(key) ?? []),
  }))
  return judgeAlarms(judged, labels, accountWeeks)
}

/** What one decision raises and another does not. */
export function differenceOf(
  before: readonly Alarm[],
  after: readonly Alarm[],
): { readonly gained: readonly Alarm[]; readonly lost: readonly Alarm[]; readonly kept: number } {
  const only = (these: readonly Alarm[], those: readonly Alarm[]): readonly Alarm[] => {
    const known = new Set(those.map(({ facts }) => facts.id))
    return these
      .filter(({ facts }) => !known.has(facts.id))
      .sort((a, b) => a.episode.startWindow - b.episode.startWindow)
  }
  const lost = only(before, after)
  return { gained: only(after, before), lost, kept: before.length - lost.length }
}
