import {
  type BurstLaw,
  isNewsworthy,
  LEARN_DAYS,
  newApiSurprise,
  type Run,
  runsOfDay,
  type Score,
  sightingsPerWeek,
} from '../../models/index.ts'
import type { Settings } from '../base/settings.ts'
import type { Insight } from '../insight/insight.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { allSeries, onGrid } from './account-history.ts'
import { SETTLING_DAYS } from './aggregates/aggregate-counts.ts'
import type { JudgedCounts } from './drops/judged-counts.ts'
import { insightOf } from './insight-of.ts'

const DAY_MINUTES = 1440

/** Whose first calls, and what is known already. */
export interface NewApiQuestion {
  readonly account: string
  /** The account's first call. */
  readonly firstMinute: number
  /** First window that is not complete yet, by Region. */
  readonly complete: ReadonlyMap<string, number>
  readonly judged: JudgedCounts
  /** The alarms: where one is about the same API at that time, it says that these are its first calls. */
  readonly alarms: readonly Insight[]
}

/**
 * First calls of an API that are no alarm but worth a line: a handful of calls on an API never seen before. In an account's
 * first week everything is new, so that week shows none, and does not count for how often such a thing comes.
 */
export function newApiInsights(
  store: StoreReader,
  question: NewApiQuestion,
  settings: Settings,
): readonly Insight[] {
  const { judged } = question
  const countsOn = ({ firstMinute }: SeriesRow) => judged.on(Math.floor(firstMinute / DAY_MINUTES))
  const all = [...allSeries(store, question.account)].filter((series) => {
    const counts = countsOn(series)
    return counts === store || isFirstCounted(counts, series, settings)
  })
  const settledDay = Math.floor(question.firstMinute / DAY_MINUTES) + SETTLING_DAYS
  const firstDays = all
    .map((series) => Math.floor(series.firstMinute / DAY_MINUTES))
    .filter((day) => day >= settledDay)
  const laws = lawsOf(store, question.account)
  return all.flatMap((series) => {
    const day = Math.floor(series.firstMinute / DAY_MINUTES)
    const law = laws(day)
    const run =
      day < settledDay ? undefined : firstRun(countsOn(series), series, question, settings)
    if (law === null || run === undefined) return []
    const from = Math.max(settledDay, day - LEARN_DAYS)
    const count = firstDays.filter((each) => each >= from && each < day).length
    const score = scoreOf(series, run, { count, days: day - from }, law)
    if (!isNewsworthy(score.surprise, settings.alarmBudget.newApis)) return []
    const insight = informationOf(countsOn(series), series, score, settings)
    return question.alarms.some((alarm) => saysMore(alarm, insight)) ? [] : [insight]
  })
}

/** Whether some of a series' first calls were not dropped: what was dropped is no sighting, and makes it known all the same. */
function isFirstCounted(
  counts: StoreReader,
  { ref, firstMinute }: SeriesRow,
  { windowMinutes }: Settings,
): boolean {
  const from = Math.floor(firstMinute / windowMinutes) * windowMinutes
  return counts.minuteCells(ref, from, from + windowMinutes).counts.length > 0
}

function lawsOf(store: StoreReader, account: string): (day: number) => BurstLaw | null {
  const known = new Map<number, BurstLaw | null>()
  return (day) => {
    const law = known.get(day) ?? (store.law(account, day) as { calls: BurstLaw } | null)?.calls
    known.set(day, law ?? null)
    return law ?? null
  }
}

/** Calls of the day from the first on, without a pause of more than 30 minutes; undefined: not complete yet. */
function firstRun(
  store: StoreReader,
  { ref, region, firstMinute }: SeriesRow,
  { complete }: NewApiQuestion,
  { windowMinutes }: Settings,
): Run | undefined {
  const day = Math.floor(firstMinute / DAY_MINUTES)
  const untilMinute = Math.min((day + 1) * DAY_MINUTES, (complete.get(region) ?? 0) * windowMinutes)
  if (untilMinute <= firstMinute) return undefined
  const counts = onGrid(store.minuteCells(ref, firstMinute, untilMinute), windowMinutes, null)
  return runsOfDay(counts, day, { windowMinutes })[0]
}

function scoreOf(
  { id }: SeriesRow,
  { fromWindow, untilWindow, count }: Run,
  sightings: { readonly count: number; readonly days: number },
  law: BurstLaw,
): Score {
  return {
    ...{ key: id, metric: 'calls', family: 'pool-calls', direction: 'up', count },
    ...{ fromWindow, untilWindow, standsUntil: untilWindow, unconfirmed: false },
    ...{ hotFromWindow: fromWindow, hotUntilWindow: untilWindow },
    ...{ expected: 0, hourly: 0, low: 0, high: 0, peers: 1, firstSeen: true },
    surprise: newApiSurprise(count, sightings, law),
    terms: {
      law: 'first calls of an API, and how large bursts are',
      burst: count,
      firstSightings: sightings.count,
      sightedDays: sightings.days,
      firstSightingsPerWeek: sightingsPerWeek(sightings),
      location: law.location,
      spread: law.spread,
    },
  }
}

function informationOf(
  store: StoreReader,
  series: SeriesRow,
  score: Score,
  { windowMinutes }: Settings,
): Insight {
  const { key, metric, direction, family, fromWindow, untilWindow } = score
  const episode = {
    ...{ key, metric, direction, family, trigger: score, peak: score },
    ...{ startWindow: fromWindow, endWindow: untilWindow, unconfirmed: false },
  }
  const windowMs = windowMinutes * 60_000
  return insightOf(store, { series, errorCode: null, episode, windowMs, isInformation: true })
}

/** Whether an alarm is about the same API and overlaps its first calls. */
function saysMore(alarm: Insight, { startMs, endMs, ...api }: Insight): boolean {
  return (
    alarm.region === api.region &&
    alarm.category === api.category &&
    alarm.eventSource === api.eventSource &&
    alarm.eventName === api.eventName &&
    alarm.startMs < (endMs ?? startMs) &&
    (alarm.endMs ?? Number.POSITIVE_INFINITY) > startMs
  )
}
