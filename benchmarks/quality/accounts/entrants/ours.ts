import {
  type AccountHistory,
  type Counts,
  decide,
  type Episode,
  episodesOf,
  LOOKBACK_DAYS,
  type Score,
  type SeriesHistory,
  scoreAccount,
  sensitivity,
} from '../../../../models/index.ts'
import type { Purse, Reported } from '../measure/reported.ts'
import type { AccountWork, ApiSeries, Tallied } from '../simulate/account-work.ts'
import { GRID, PER_DAY } from '../simulate/calendar.ts'
import { dominantOf, firstAt, loudestOf } from './principal.ts'

/** Days scored from one loading of counts, as the product does. */
const BLOCK_DAYS = 28

/** One rate of an account as the models know it. */
interface Named {
  readonly api: ApiSeries
  readonly errorCode: string | null
  readonly tallied: Tallied
}

/** An account scored once, to be decided at any budget. */
export interface OurScores {
  readonly work: AccountWork
  readonly names: ReadonlyMap<string, Named>
  /** By series and direction, each in the order of time. */
  readonly apart: readonly (readonly Score[])[]
}

/** Scores all days of an account, the first included. */
export function scoreOurs(work: AccountWork): OurScores {
  const names = namesOf(work)
  const scores: Score[] = []
  const days = Math.ceil(work.untilWindow / PER_DAY)
  for (let day = Math.floor(work.fromWindow / PER_DAY); day < days; day += BLOCK_DAYS) {
    const untilDay = Math.min(days, day + BLOCK_DAYS)
    const history = historyOf(work, names, {
      from: (day - LOOKBACK_DAYS) * PER_DAY,
      until: untilDay * PER_DAY,
    })
    scores.push(...scoreAccount(history, { fromDay: day, untilDay }, GRID).scores)
  }
  return { work, names, apart: apartOf(scores) }
}

/** What an account is told at an alarm budget. */
export function reportOurs({ work, names, apart }: OurScores, budget: number): readonly Reported[] {
  const told = sensitivity(budget)
  const grid = { ...GRID, untilWindow: work.untilWindow }
  return apart.flatMap((scores) =>
    episodesOf(scores, (score) => decide(score, told), grid).map((episode) =>
      reportedOf(work, names.get(episode.key), episode),
    ),
  )
}

function namesOf({ series }: AccountWork): ReadonlyMap<string, Named> {
  return new Map(
    series.flatMap((api): [string, Named][] => [
      [api.key, { api, errorCode: null, tallied: api.calls }],
      ...[...api.errors].map(([errorCode, tallied]): [string, Named] => [
        `${api.key} ${errorCode}`,
        { api, errorCode, tallied },
      ]),
    ]),
  )
}

interface Span {
  readonly from: number
  readonly until: number
}

/** The counts of a block of days with what they look back on; series without any stay away. */
function historyOf(
  { fromWindow, untilWindow, series }: AccountWork,
  names: ReadonlyMap<string, Named>,
  span: Span,
): AccountHistory {
  const firstCall = Math.min(...series.map(({ calls }) => calls.counts.at[0] ?? untilWindow))
  const histories = [...names].flatMap(([key, { api, errorCode, tallied }]): SeriesHistory[] => {
    const calls = cut(api.calls.counts, span)
    if (calls.at.length === 0) return []
    const isCalls = errorCode === null
    const counts = isCalls ? calls : cut(tallied.counts, span)
    if (counts.at.length === 0) return []
    return [
      {
        key,
        ...(isCalls
          ? ({ metric: 'calls', pool: 'calls', of: null } as const)
          : ({ metric: 'errors', pool: 'errors', of: api.key } as const)),
        group: api.region,
        counts,
        exposure: isCalls ? null : calls,
        firstWindow: tallied.counts.at[0] ?? fromWindow,
        untilWindow: Math.min(untilWindow, span.until),
      },
    ]
  })
  return { series: histories, firstWindow: firstCall }
}

function cut({ at, count }: Counts, { from, until }: Span): Counts {
  const [first, end] = [firstAt(at, from), firstAt(at, until)]
  return { at: at.subarray(first, end), count: count.subarray(first, end) }
}

function apartOf(scores: readonly Score[]): readonly (readonly Score[])[] {
  const apart = new Map<string, Score[]>()
  for (const score of scores) {
    const key = `${score.key} ${score.direction}`
    const list = apart.get(key)
    if (list === undefined) apart.set(key, [score])
    else list.push(score)
  }
  return [...apart.values()]
}

const PURSES: Readonly<Record<Episode['family'], Purse>> = {
  'dense-calls': 'dense calls',
  'pool-calls': 'pool calls',
  'dense-errors': 'errors',
  'pool-errors': 'errors',
  aggregates: 'errors',
}

function reportedOf(work: AccountWork, named: Named | undefined, episode: Episode): Reported {
  if (named === undefined) throw new Error(`${episode.key} was scored but never counted`)
  const { key, metric, direction, family, startWindow, endWindow, trigger, peak } = episode
  const { api, errorCode, tallied } = named
  const lastWindow = endWindow ?? trigger.untilWindow
  const suspicion = { tallied, startWindow, endWindow: lastWindow, direction }
  return {
    id: `${key} ${metric} ${direction} ${startWindow}`,
    account: `${work.kind} ${work.seed}`,
    principal: dominantOf(work, suspicion),
    ...{ service: api.service, region: api.region, key: api.key, isAggregate: false, errorCode },
    ...{ startWindow, endWindow, direction, surprise: peak.surprise, purse: PURSES[family] },
    shape: loudestOf(work, suspicion),
    detectedWindow: trigger.untilWindow,
    count: trigger.count,
    expected: trigger.expected,
    ageWindows: startWindow - (tallied.counts.at[0] ?? startWindow),
    windows: trigger.untilWindow - trigger.fromWindow,
  }
}
