import type { Settings } from '../../base/settings.ts'
import { rfc3339 } from '../../base/times.ts'
import type { Insight, InsightType } from '../../insight/insight.ts'
import type { PublishedInsight } from '../../insight/published.ts'
import { allInsights } from '../../store/every-page.ts'
import type { StoreReader } from '../../store/store.ts'
import { type FoundBy, foundBy, GRACE_MS, type Pair, sideBySide, startOf } from './side-by-side.ts'
import { whyAwsAlone, whyOfftrailAlone } from './why-alone.ts'

/** What one of the two found: times RFC 3339, averages in calls or errors per minute. */
export interface Finding {
  readonly id: string
  readonly startTime: string
  /** Null: it lasts, or its end was not told. */
  readonly endTime: string | null
  readonly baselineAverage: number
  readonly insightAverage: number
}

/** One row of the comparison. */
export interface ComparedInsight {
  readonly foundBy: FoundBy
  readonly account: string
  readonly region: string
  readonly eventSource: string
  readonly eventName: string
  readonly insightType: InsightType
  readonly errorCode: string | null
  readonly startTime: string
  readonly aws: Finding | null
  readonly offtrail: (Finding & { readonly severity: number }) | null
  /** Ids of what else Offtrail found of it at that time. */
  readonly others: readonly string[]
  /** Offtrail's average as a multiple of AWS's; null where one of them is not there, or AWS's is zero. */
  readonly baselineRatio: number | null
  readonly insightRatio: number | null
  /** Why one of them did not find it; null: both did. */
  readonly why: string | null
}

/** Which insights are compared: those that began in [fromMs, untilMs), epoch milliseconds. */
export interface ComparedSpan {
  readonly fromMs: number
  readonly untilMs: number
}

/** Both sides, and how many there are of each kind. */
export interface Comparison {
  readonly rows: readonly ComparedInsight[]
  readonly totals: Readonly<Record<FoundBy, number>>
  readonly accounts: number
  readonly startTime: string
  /** Null: to the end. */
  readonly endTime: string | null
  readonly graceMinutes: number
  /** Insights of ours in accounts of which AWS's records say nothing. */
  readonly ofOtherAccounts: number
}

const DAY_MS = 86_400_000

/** From the day of AWS's first insight on: before it, Insights may have been switched off. */
export function spanOfPublished(published: readonly PublishedInsight[]): ComparedSpan {
  const firstMs = Math.min(...published.map(({ startMs }) => startMs))
  return { fromMs: Math.floor(firstMs / DAY_MS) * DAY_MS, untilMs: Number.POSITIVE_INFINITY }
}

/**
 * Holds what CloudTrail Insights published against the insights that stand in a store, in the accounts that AWS's records name. What
 * AWS alone found is explained by deciding about its time again, with the given settings.
 */
export function compareInsights(
  store: StoreReader,
  settings: Settings,
  published: readonly PublishedInsight[],
  { fromMs, untilMs }: ComparedSpan,
): Comparison {
  const accounts = new Set(published.map(({ account }) => account))
  const pairs = sideBySide(
    published,
    [...allInsights(store)].map(({ insight }) => insight),
  ).filter((pair) => startOf(pair) >= fromMs && startOf(pair) < untilMs)
  const rows = pairs
    .filter(({ aws, offtrail }) => accounts.has((aws ?? offtrail)?.account ?? ''))
    .map((pair) => rowOf(store, settings, pair))
  const found = (by: FoundBy): number => rows.filter((row) => row.foundBy === by).length
  return {
    rows,
    totals: { both: found('both'), aws: found('aws'), offtrail: found('offtrail') },
    accounts: accounts.size,
    startTime: rfc3339(fromMs),
    endTime: Number.isFinite(untilMs) ? rfc3339(untilMs) : null,
    graceMinutes: GRACE_MS / 60_000,
    ofOtherAccounts: pairs.length - rows.length,
  }
}

function rowOf(store: StoreReader, settings: Settings, pair: Pair): ComparedInsight {
  const { aws, offtrail, others } = pair
  const about = (aws ?? offtrail) as PublishedInsight | Insight
  const [theirs, ours] = [aws && publishedFinding(aws), offtrail && ownFinding(offtrail, aws)]
  return {
    foundBy: foundBy(pair),
    ...{ account: about.account, region: about.region, eventSource: about.eventSource },
    ...{ eventName: about.eventName, insightType: about.insightType, errorCode: about.errorCode },
    startTime: rfc3339(about.startMs),
    ...{ aws: theirs, offtrail: ours, others },
    baselineRatio: ratioOf(ours?.baselineAverage, theirs?.baselineAverage),
    insightRatio: ratioOf(ours?.insightAverage, theirs?.insightAverage),
    why: whyOfPair(store, settings, pair),
  }
}

function publishedFinding(insight: PublishedInsight): Finding {
  const { id, startMs, endMs, baselineAverage, insightAverage } = insight
  return {
    ...{ id, startTime: rfc3339(startMs), endTime: endMs === null ? null : rfc3339(endMs) },
    ...{ baselineAverage, insightAverage },
  }
}

/** Beside a Start record without its End stands the window that fired, as the record does. */
function ownFinding(insight: Insight, aws: PublishedInsight | null) {
  const { id, startMs, endMs, baseline, trigger, episode, severity } = insight
  const rate = aws?.endMs === null ? trigger : (episode ?? trigger)
  return {
    ...{ id, startTime: rfc3339(startMs), endTime: endMs === null ? null : rfc3339(endMs) },
    ...{ baselineAverage: baseline.average, insightAverage: rate.average, severity },
  }
}

function ratioOf(ours: number | undefined, theirs: number | undefined): number | null {
  return ours === undefined || theirs === undefined || theirs === 0 ? null : ours / theirs
}

function whyOfPair(store: StoreReader, settings: Settings, { aws, offtrail }: Pair): string | null {
  if (aws === null) return offtrail && whyOfftrailAlone(offtrail)
  return offtrail === null ? whyAwsAlone(store, settings, aws) : null
}
