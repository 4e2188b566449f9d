import {
  accountBudget,
  decide,
  type Episode,
  episodesOf,
  incidentsOf,
  type Score,
  type Sensitivity,
  type Told,
  unsaid,
  withOverride,
} from '../../../models/index.ts'
import type { Deciding, EpisodeFacts } from '../api/answers.ts'
import type { History, HistorySeries } from './history.ts'

/** An episode that the server may be asked about. */
export interface Found {
  readonly series: HistorySeries
  readonly episode: Episode
}

/** One that is told, in the incident it belongs to. */
export interface Alarm extends Found {
  readonly facts: EpisodeFacts
  readonly incident: string
}

export type FactsOf = (found: Found) => EpisodeFacts | undefined

/** Every episode that these settings find in a history's scores. */
export function episodesIn(history: History, settings: Deciding): readonly Found[] {
  const sensitivityAt = sensitivities(history, settings)
  const isAll = settings.profile === 'offtrail'
  return history.series.flatMap((series) => {
    if (!isAll && !series.isInInsights) return []
    const verdictOf = (score: Score) =>
      decide(score, sensitivityAt(score.untilWindow, series), series.pool)
    const grid = { windowMinutes: settings.windowMinutes, untilWindow: series.untilWindow }
    return episodesOf(series.scores, verdictOf, grid).map((episode) => ({ series, episode }))
  })
}

/**
 * The alarms that these settings raise, as a run with them would; null where facts are not known yet. Order and rules are
 * those of the engine: sums that others say already are left out, then what nobody wants to hear of.
 */
export function alarmsIn(
  history: History,
  found: readonly Found[],
  { factsOf, windowMinutes }: { readonly factsOf: FactsOf; readonly windowMinutes: number },
): readonly Alarm[] | null {
  const known: Known[] = []
  for (const each of found) {
    const facts = factsOf(each)
    if (facts === undefined) return null
    known.push({ ...each, facts, ...toldOf(each, facts) })
  }
  return history.accounts.flatMap((account) => {
    const own = known.filter(({ series }) => series.account === account)
    const apis = own.filter(({ sum }) => sum === null)
    const sums = unsaid(
      own.filter(({ sum }) => sum !== null),
      apis,
    )
    return gathered(
      [...apis, ...sums].filter(({ facts }) => facts.isHeard),
      windowMinutes,
    )
  })
}

interface Known extends Found, Told {
  readonly facts: EpisodeFacts
}

function toldOf({ series, episode }: Found, { principal, count, mostly }: EpisodeFacts): Told {
  const { eventSource, eventName, region, direction, sum } = series
  const { startWindow, endWindow, peak } = episode
  return {
    ...{ api: `${eventSource}:${eventName}`, region, direction, principal, startWindow, endWindow },
    ...{ surprise: peak.surprise, count, sum: sum && { ...sum, mostly } },
  }
}

function gathered(known: readonly Known[], windowMinutes: number): readonly Alarm[] {
  const members = known.map(({ series, facts, startWindow, endWindow, principal, surprise }) => ({
    ...{ id: facts.id, account: series.account, principal, service: series.eventSource },
    ...{ region: series.region, startWindow, endWindow, surprise },
  }))
  const incidentOf = new Map<string, string>()
  for (const { members: together } of incidentsOf(members, { windowMinutes })) {
    for (const { id } of together) incidentOf.set(id, together[0]?.id ?? '')
  }
  return known.map(({ series, episode, facts }) => ({
    ...{ series, episode, facts },
    incident: incidentOf.get(facts.id) ?? '',
  }))
}

/** The sensitivity for a series at a window; each is made once, not once a score. */
function sensitivities(
  { firstWindows }: History,
  { alarmBudget, shares, floors }: Deciding,
): (window: number, series: HistorySeries) => Sensitivity {
  const { account = 0, organization = 0 } = alarmBudget
  const byAccounts = Array.from({ length: firstWindows.length + 1 }, (_, accounts) => ({
    alarmBudget: accountBudget({ account, organization }, accounts),
    ...{ shares, floors },
  })) as unknown as readonly Sensitivity[]
  return (window, { override }) => {
    let accounts = 0
    while ((firstWindows[accounts] ?? Number.POSITIVE_INFINITY) <= window) accounts += 1
    return withOverride(byAccounts[accounts] as Sensitivity, override)
  }
}
