import {
  dayOf,
  rarityInAccount,
  type Score,
  severityOf,
  windowsPerDay,
} from '../../../models/index.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { InjectedAccount } from './account.ts'
import type { EpisodeOfApi, heardIn, ScoreOfApi } from './heard.ts'
import { type IncidentKind, type PlantedIncident, windowsOf } from './incident.ts'
import { planted } from './plant.ts'

/** An alarm that an incident raised, and would not be there without it. */
export interface Find {
  /** Minutes from its begin to the end of the first window that fired. */
  readonly delayMinutes: number
  /** Of the window that fired. */
  readonly score: number
  /** 0 to 100, of the most surprising window up to a day after the incident. */
  readonly severity: number
  readonly errorCode: string | null
}

/** One API into whose history incidents are planted. */
export interface ProbedApi {
  readonly series: SeriesRow
  /** The code of planted errors. */
  readonly errorCode: string | null
  /** The first window of its Region that is not complete. */
  readonly untilWindow: number
}

/** How an API's history answers to incidents. */
export interface Probe {
  /** The first find of an incident; null: it would not have been seen within a day of its end. */
  find(incident: PlantedIncident): Find | null
  /** The same in one word, for less work. */
  isFound(incident: PlantedIncident): boolean
  /** Whether an anomaly stands in a span of windows, or within the hours around it that it would merge with, as history is. */
  isDisturbed(fromWindow: number, untilWindow: number): boolean
}

/** Hours after an incident in which it may still be found: the longest windows are as long. */
const AFTERMATH_HOURS = 24
/** Anomalies this near merge: 3 hours, and the half hour that they linger. */
const NEAR_HOURS = 3.5

/** Windows from an incident's begin up to which it may be found. */
export const windowsWatched = (kind: IncidentKind, windowMinutes: number): number =>
  windowsOf(kind, windowMinutes) + (AFTERMATH_HOURS * 60) / windowMinutes

/**
 * A probe of one API. The days from an incident's begin to a day after its end are scored with it in memory, every law included
 * that it becomes part of; before, the scores stand as the store has them. `accountOf` is asked when the first incident is planted.
 */
export function probeOf(
  store: StoreReader,
  { series, errorCode, untilWindow }: ProbedApi,
  {
    heard,
    windowMinutes,
    accountOf,
  }: {
    readonly heard: ReturnType<typeof heardIn>
    readonly windowMinutes: number
    readonly accountOf: () => InjectedAccount
  },
): Probe {
  const grid = { windowMinutes }
  const untouched = scoresOf(store, series)
  const standing = heard(series, untouched, untilWindow)
  const known = new Set(standing.map(nameOf))
  let account: {
    readonly of: InjectedAccount
    readonly api: ReturnType<InjectedAccount['apiOf']>
  } | null = null

  /** The alarms after each day that is scored with the incident. */
  function* alarms(incident: PlantedIncident): Generator<readonly Find[]> {
    const of = account?.of ?? accountOf()
    account ??= { of, api: of.apiOf(series, errorCode, untilWindow) }
    const { fromWindow, kind } = incident
    const horizon = Math.min(fromWindow + windowsWatched(kind, windowMinutes), untilWindow)
    const changed = planted(account.api, incident, { windowMinutes, errorCode })
    const codes = new Map([...account.api.errors].map(([code, { key }]) => [key, code]))
    const fromDay = dayOf(fromWindow, grid)
    const onDay = of.rescore(changed, fromDay)
    const before = fromDay * windowsPerDay(grid)
    const scores = untouched.filter(({ score }) => score.untilWindow <= before)
    for (let day = fromDay; day <= dayOf(horizon - 1, grid); day++) {
      scores.push(
        ...onDay(day).map(
          (score): ScoreOfApi => ({ score, errorCode: codes.get(score.key) ?? null }),
        ),
      )
      yield heard(series, scores, untilWindow)
        .filter(
          (alarm) =>
            !known.has(nameOf(alarm)) &&
            (alarm.episode.direction === 'down') === (kind === 'drop') &&
            isWithin(alarm.episode.trigger, fromWindow, horizon),
        )
        .map((alarm) => findOf(alarm, fromWindow, windowMinutes))
        .sort((one, other) => one.delayMinutes - other.delayMinutes || other.score - one.score)
    }
  }

  const near = (NEAR_HOURS * 60) / windowMinutes
  return {
    find: (incident) => [...alarms(incident)].at(-1)?.[0] ?? null,
    isFound(incident) {
      for (const finds of alarms(incident)) if (finds.length > 0) return true
      return false
    },
    isDisturbed: (from, until) =>
      standing.some(
        ({ episode: { startWindow, endWindow } }) =>
          startWindow - near < until && (endWindow === null || endWindow + near > from),
      ),
  }
}

/** What was kept of an API's scores, in the order of their windows. */
function scoresOf(store: StoreReader, { ref }: SeriesRow): readonly ScoreOfApi[] {
  const all = { fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
  return store.scores({ series: ref, ...all }).map(({ errorCode, score }) => ({ errorCode, score }))
}

const nameOf = ({ errorCode, episode: { direction, trigger } }: EpisodeOfApi): string =>
  JSON.stringify([errorCode, direction, trigger.untilWindow])

const isWithin = ({ untilWindow }: Score, from: number, until: number): boolean =>
  untilWindow > from && untilWindow <= until

function findOf(
  { errorCode, episode: { trigger, peak } }: EpisodeOfApi,
  fromWindow: number,
  windowMinutes: number,
): Find {
  return {
    delayMinutes: (trigger.untilWindow - fromWindow) * windowMinutes,
    score: rarityInAccount(trigger.surprise),
    ...{ severity: severityOf(peak.surprise), errorCode },
  }
}
