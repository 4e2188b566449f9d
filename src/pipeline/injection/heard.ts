import {
  dayOf,
  decide,
  type Episode,
  episodesOf,
  type Score,
  withOverride,
} from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import { selectionOf } from '../../insight/selection.ts'
import { silenceOf } from '../../insight/silence.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import { isOutOfProfile, sensitivityOf } from '../decide-account.ts'
import { droppedBy, dropRules, rulesFor, rulesOn } from '../drops/drop-rules.ts'
import { overridesFor, together } from '../overrides.ts'

/** Scores of one API, and of which error code. */
export interface ScoreOfApi {
  readonly errorCode: string | null
  readonly score: Score
}

/** An alarm of one API. */
export interface EpisodeOfApi {
  readonly errorCode: string | null
  readonly episode: Episode
}

/**
 * The alarms that scores of one API raise, which come in the order of their windows: decided as a run does, and without what is
 * out of the profile, switched off, suppressed, dropped from the counts or skipped by a calendar. Nobody is known to have made the calls, so rules about callers silence nothing.
 */
export function heardIn(
  store: StoreReader,
  settings: Settings,
): (
  series: SeriesRow,
  scores: readonly ScoreOfApi[],
  untilWindow: number,
) => readonly EpisodeOfApi[] {
  const { windowMinutes, overrides } = settings
  const windowMs = windowMinutes * 60_000
  const drops = dropRules(settings)
  const sensitivityAt = sensitivityOf(store, settings)
  const isSelected = selectionOf(store.selectorChanges())
  return (series, scores, untilWindow) =>
    apart(scores).flatMap(([first, ...others]) => {
      const { errorCode, score } = first
      if (isOutOfProfile(series, errorCode, settings)) return []
      const { direction } = score
      const override = together(overridesFor(overrides, { series, errorCode, direction }))
      const episodes = episodesOf(
        [first, ...others].map((each) => each.score),
        (each) => decide(each, withOverride(sensitivityAt(each.untilWindow), override)),
        { windowMinutes, untilWindow },
      )
      return episodes
        .filter(({ startWindow, trigger }) => {
          const about = {
            ...{ ...series, errorCode, direction, principal: null, attributions: [] },
            insightType: errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight',
            startMs: startWindow * windowMs,
          } as const
          const day = dayOf(trigger.untilWindow - 1, { windowMinutes })
          const caller = { identity: null, agent: null, errorCode }
          if (droppedBy(rulesFor(rulesOn(drops, day), series), caller) !== -1) return false
          const unusualMs = trigger.hotFromWindow * windowMs
          return isSelected(about) && silenceOf(settings, about, unusualMs) === undefined
        })
        .map((episode) => ({ errorCode, episode }))
    })
}

/** Scores apart by error code and direction. */
function apart(scores: readonly ScoreOfApi[]): readonly [ScoreOfApi, ...ScoreOfApi[]][] {
  const lists = new Map<string, [ScoreOfApi, ...ScoreOfApi[]]>()
  for (const each of scores) {
    const key = JSON.stringify([each.errorCode, each.score.direction])
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [each])
    else list.push(each)
  }
  return [...lists.values()]
}
