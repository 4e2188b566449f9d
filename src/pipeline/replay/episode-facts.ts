import type { Episode, Score } from '../../../models/index.ts'
import { Fault } from '../../base/fault.ts'
import type { Label } from '../../base/label.ts'
import type { Settings } from '../../base/settings.ts'
import { aggregateKey } from '../../insight/aggregate.ts'
import type { Insight } from '../../insight/insight.ts'
import { selectionOf } from '../../insight/selection.ts'
import { silenceOf } from '../../insight/silence.ts'
import type { StoreReader } from '../../store/store.ts'
import { aggregateInsight } from '../aggregates/aggregate-insight.ts'
import { type ScoresOfSubject, scoresBySubject, toldOf } from '../aggregates/aggregate-insights.ts'
import { countsOf, type JudgedCounts, judgedCounts } from '../drops/judged-counts.ts'
import { insightOf } from '../insight-of.ts'
import { labelsAbout } from '../tuning/backtest.ts'
import type { EpisodeAsk } from './episode-ask.ts'
import { labelKey } from './label-key.ts'
import { type ApiKey, replayKeyFrom, type SumKey } from './replay-key.ts'

/** What scores do not say about an episode: who made its calls, and what else that decides. */
export interface EpisodeFacts {
  /** Of the insight it is. */
  readonly id: string
  readonly principal: string | null
  /** Neither suppressed, nor skipped by a calendar, nor switched off. */
  readonly isHeard: boolean
  /** Calls (errors, different APIs) in the window that fired. */
  readonly count: number
  /** The API (`eventSource:eventName`) that made at least half of a sum of denied calls. */
  readonly mostly: string | null
  /** Keys of the labels it is about. */
  readonly labels: readonly string[]
}

/** What facts are asked of. */
export interface FactsQuestion {
  readonly settings: Settings
  readonly labels: readonly Label[]
  readonly asks: readonly EpisodeAsk[]
}

/** The facts of each episode, in their order. Throws `USAGE`, `NOT_FOUND` where one names a series or a score that is not there. */
export function episodeFacts(
  store: StoreReader,
  { settings, labels, asks }: FactsQuestion,
): readonly EpisodeFacts[] {
  const { windowMinutes } = settings
  const windowMs = windowMinutes * 60_000
  const isSelected = selectionOf(store.selectorChanges())
  const keys = labels.map(labelKey)
  const judged = judgedCounts(store, settings)
  const sumsOf = remembered((account: string) => scoresBySubject(store, account))
  return asks.map((ask) => {
    const { insight, unusualMs } = insightAsked(store, ask, { windowMinutes, judged, sumsOf })
    const { count, principal, sum } = toldOf(insight, windowMs)
    return {
      ...{ id: insight.id, principal, count },
      isHeard: isSelected(insight) && silenceOf(settings, insight, unusualMs) === undefined,
      mostly: sum?.mostly ?? null,
      labels: labelsAbout(insight, labels).flatMap((place) => keys[place] ?? []),
    }
  })
}

interface Asking {
  readonly windowMinutes: number
  readonly judged: JudgedCounts
  readonly sumsOf: (account: string) => readonly ScoresOfSubject[]
}

/** An insight, and where the unusual stretch of the window that fired begins. */
interface Asked {
  readonly insight: Insight
  readonly unusualMs: number
}

function insightAsked(store: StoreReader, ask: EpisodeAsk, asking: Asking): Asked {
  const key = replayKeyFrom(ask.key)
  if ('series' in key) return apiInsight(store, { ...ask, ...key }, asking)
  const insight = sumInsight(store, { ...ask, ...key }, asking)
  return { insight, unusualMs: insight.startMs }
}

function apiInsight(
  store: StoreReader,
  ask: EpisodeAsk & ApiKey,
  { judged, windowMinutes }: Asking,
): Asked {
  const { errorCode, direction } = ask
  const series = store.seriesById(ask.series)
  if (series === undefined) throw missing(ask)
  const minutes = minutesOf(ask, windowMinutes)
  const scores = store
    .scores({ series: series.ref, ...minutes })
    .filter((each) => each.errorCode === errorCode && each.score.direction === direction)
    .map(({ score }) => score)
  const episode = episodeAsked(scores, ask)
  const windowMs = windowMinutes * 60_000
  return {
    insight: insightOf(countsOf(judged, episode, windowMinutes), {
      ...{ series, errorCode, episode, windowMs },
    }),
    unusualMs: episode.trigger.hotFromWindow * windowMs,
  }
}

function sumInsight(
  store: StoreReader,
  ask: EpisodeAsk & SumKey,
  { judged, windowMinutes, sumsOf }: Asking,
): Insight {
  const { account, aggregate, region, principal } = ask
  const known = store.accounts().find((each) => each.account === account)
  if (known === undefined) throw missing(ask)
  const subject = { aggregate, region, principal }
  const wanted = aggregateKey(subject)
  const sum = sumsOf(account).find((each) => aggregateKey(each.subject) === wanted)
  const episode = episodeAsked(sum?.scores ?? [], ask)
  const { firstMinute } = known
  return aggregateInsight(countsOf(judged, episode, windowMinutes), {
    ...{ account, subject, episode, windowMinutes, firstMinute },
  })
}

/** The minutes from the end of the score that fires on. */
function minutesOf({ untilWindow }: EpisodeAsk, windowMinutes: number) {
  return { fromMinute: untilWindow * windowMinutes - 1, untilMinute: Number.MAX_SAFE_INTEGER }
}

function episodeAsked(scores: readonly Score[], ask: EpisodeAsk): Episode {
  const { fromWindow, untilWindow, startWindow, endWindow } = ask
  const trigger = scores.find(
    (score) =>
      score.fromWindow === fromWindow && score.untilWindow === untilWindow && !score.unconfirmed,
  )
  if (trigger === undefined) throw missing(ask)
  refuseOtherSpans(ask, scores)
  const { key, metric, direction, family } = trigger
  return {
    ...{ key, metric, direction, family, startWindow, endWindow },
    ...{ trigger, peak: trigger, unconfirmed: false },
  }
}

/** An episode begins in the window that fires, and ends with it or later, where something was scored. */
function refuseOtherSpans(ask: EpisodeAsk, scores: readonly Score[]): void {
  const { fromWindow, untilWindow, startWindow, endWindow } = ask
  const lastWindow = scores.at(-1)?.untilWindow ?? untilWindow
  const beginsThere = startWindow >= fromWindow && startWindow < untilWindow
  const endsThere = endWindow === null || (endWindow >= untilWindow && endWindow <= lastWindow)
  if (beginsThere && endsThere) return
  throw new Fault(
    'USAGE',
    `no episode lasts from ${startWindow} to ${endWindow ?? 'now'} where ${fromWindow} to ${untilWindow} fires`,
  )
}

function missing({ key }: EpisodeAsk): Fault {
  return new Fault('NOT_FOUND', `${key} has no such score (any more): read /v1/replay again`)
}

function remembered<Answer>(ask: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>()
  return (name) => {
    const answer = known.get(name) ?? ask(name)
    known.set(name, answer)
    return answer
  }
}
