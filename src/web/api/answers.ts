/** What the server answers, as far as the page reads it. The tests hold these against the server's own schemas. */

export interface Rate {
  readonly startTime: string
  readonly endTime: string
  readonly minutes: number
  readonly count: number
  readonly average: number
}

/** What names an API of an account and Region. */
export interface SeriesKey {
  readonly account: string
  readonly region: string
  readonly category: string
  readonly eventSource: string
  readonly eventName: string
}

export interface Insight extends SeriesKey {
  readonly id: string
  readonly state: string
  readonly insightType: string
  readonly errorCode: string | null
  readonly direction: string
  readonly startTime: string
  readonly endTime: string | null
  readonly severity: number
  readonly severityWord: string
  readonly expected: number
  readonly low: number
  readonly high: number
  readonly trigger: Rate
  readonly episode: Rate | null
  readonly baseline: Rate
  readonly principal: string | null
  readonly aggregate: {
    readonly apiCount: number
    readonly topApis: readonly { readonly api: string; readonly calls: number }[]
  } | null
  readonly incident: string
  readonly explanation: string
}

/** The fields that the overview asks for. */
export const OVERVIEW_FIELDS = [
  ...(['id', 'account', 'eventSource', 'eventName', 'errorCode', 'startTime', 'endTime'] as const),
  ...(['severity', 'incident', 'explanation', 'principal'] as const),
]
export type OverviewInsight = Pick<Insight, (typeof OVERVIEW_FIELDS)[number]>

export interface AttributedValue {
  readonly value: string
  readonly average: number
}

export interface Attribution {
  readonly attribute: string
  readonly insight: readonly AttributedValue[]
  readonly baseline: readonly AttributedValue[]
}

export type Terms = Readonly<Record<string, number | string>>

export interface WholeInsight extends Insight {
  readonly attributions: readonly Attribution[]
  readonly arithmetic: Terms
}

export interface Incident {
  readonly id: string
  readonly account: string
  readonly startTime: string
  readonly endTime: string | null
  readonly severity: number
  readonly principal: string | null
  readonly apis: readonly string[]
  readonly insights: readonly Insight[]
}

export interface Evidence {
  readonly calls: readonly {
    readonly eventId: string
    readonly eventTime: string
    readonly errorCode: string | null
    readonly principal: string | null
    readonly userAgent: string | null
  }[]
  readonly files: readonly string[]
}

export interface Series extends SeriesKey {
  readonly id: string
  readonly calls: number
  readonly errors: number
  readonly firstTime: string
  readonly lastTime: string
}

export interface Point {
  readonly time: string
  readonly count: number
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  readonly score: number | null
}

export interface Points {
  readonly period: number
  readonly items: readonly Point[]
}

export interface Explanation {
  readonly at: string
  readonly standing: string
  readonly verdict: string
  readonly gates: readonly string[]
  readonly sentence: string
  readonly arithmetic: Terms
}

/** A time at which a series is not reported, or teaches nothing. */
export interface Exclusion {
  readonly kind: 'suppression' | 'calendar'
  readonly title: string | null
  readonly reason: string
  /** null: it has no beginning, no end. */
  readonly startTime: string | null
  readonly endTime: string | null
  readonly skip: readonly ('result' | 'learning')[]
  readonly only: Readonly<Record<string, string | undefined>>
}

export interface Exclusions {
  readonly items: readonly Exclusion[]
  readonly leftOut: number
}

/** Hours of delivery of one account and Region, and what is known of them. */
export interface Stretch {
  readonly from: string
  readonly to: string
  /** proven, gap, missing or damaged. */
  readonly state: string
}

/** How far what may be read reaches. */
export interface Freshness {
  readonly knownUntil: string | null
  readonly lastChange: number
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor?: string
}

/** The settings that decide, by name. */
export interface Deciding {
  readonly windowMinutes: number
  readonly profile: 'offtrail' | 'insights'
  readonly alarmBudget: Readonly<Record<string, number>>
  readonly shares: Readonly<Record<string, number>>
  readonly floors: Readonly<Record<string, number>>
}

/** One API, or a sum over many, with every score that was kept of it: a number a score in each column. */
export interface ReplaySeries {
  readonly key: string
  readonly account: string
  readonly region: string
  readonly eventSource: string
  readonly eventName: string
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
  readonly pool: 'calls' | 'errors' | 'distinct' | 'newcomers' | 'denials' | 'breadth'
  readonly sum: { readonly kind: string; readonly scope: 'region' | 'principal' } | null
  readonly isInInsights: boolean
  readonly override: {
    readonly budgetTimes: number
    readonly floors: Readonly<Record<string, number>>
  } | null
  readonly untilWindow: number
  readonly scores: Readonly<Record<ScoreColumn, readonly number[]>>
}

export type ScoreColumn =
  | 'family'
  | 'fromWindow'
  | 'untilWindow'
  | 'standsUntil'
  | 'hotUntilWindow'
  | 'unconfirmed'
  | 'count'
  | 'expected'
  | 'hourly'
  | 'low'
  | 'surprise'

/** What a history is decided from. */
export interface Replay {
  readonly settings: Deciding
  readonly accounts: readonly { readonly account: string; readonly firstMinute: number }[]
  readonly accountWeeks: number
  readonly labels: readonly {
    readonly key: string
    readonly kind: string
    readonly title: string
    readonly startTime: string
  }[]
  readonly series: readonly ReplaySeries[]
}

/** What decides about an episode beside its scores. */
export interface EpisodeFacts {
  readonly id: string
  readonly principal: string | null
  readonly isHeard: boolean
  readonly count: number
  readonly mostly: string | null
  readonly labels: readonly string[]
}

/** An incident that somebody knows of; what is null is not narrowed down. */
export interface Label {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly startTime: string
  readonly endTime: string
  readonly account: string | null
  readonly region: string | null
  readonly eventSource: string | null
  readonly eventName: string | null
  readonly by: string
}
