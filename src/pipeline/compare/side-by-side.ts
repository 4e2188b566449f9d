import { type Insight, isAlarm } from '../../insight/insight.ts'
import type { PublishedInsight } from '../../insight/published.ts'

/** Whoever found it. */
export type FoundBy = 'both' | 'aws' | 'offtrail'

/** What CloudTrail Insights and Offtrail found, side by side; one of them at least is not null. */
export interface Pair {
  readonly aws: PublishedInsight | null
  /** Of several at that time the one that shares most of it. */
  readonly offtrail: Insight | null
  /** Ids of the others. */
  readonly others: readonly string[]
}

/** Insights this far apart are still about the same: AWS's begin and end on minutes of their own, ours on a grid of windows. */
export const GRACE_MS: number = 30 * 60_000

/**
 * Puts insights of the same account, Region, API, type and error code side by side where their spans overlap or lie at most
 * `GRACE_MS` apart. Each of AWS's is in one pair, and each alarm of ours that is in none of those has one of its own. By start.
 */
export function sideBySide(
  published: readonly PublishedInsight[],
  all: readonly Insight[],
): readonly Pair[] {
  const alarms = new Map<string, Insight[]>()
  for (const insight of all.filter(isAlarm)) {
    const subject = subjectOf(insight)
    const alike = alarms.get(subject) ?? []
    alarms.set(subject, alike)
    alike.push(insight)
  }
  const known = new Set<Insight>()
  const ofAws = published.map((aws): Pair => {
    const near = (alarms.get(subjectOf(aws)) ?? [])
      .map((offtrail) => ({ offtrail, shared: sharedMs(aws, offtrail) }))
      .filter(({ shared }) => shared >= -GRACE_MS)
      .sort((a, b) => b.shared - a.shared)
      .map(({ offtrail }) => offtrail)
    for (const each of near) known.add(each)
    const [offtrail = null, ...others] = near
    return { aws, offtrail, others: others.map(({ id }) => id) }
  })
  const ours = [...alarms.values()].flat().filter((insight) => !known.has(insight))
  const alone = ours.map((offtrail): Pair => ({ aws: null, offtrail, others: [] }))
  return [...ofAws, ...alone].sort((a, b) => startOf(a) - startOf(b))
}

/** Who found what a pair tells of. */
export function foundBy({ aws, offtrail }: Pair): FoundBy {
  if (aws === null) return 'offtrail'
  return offtrail === null ? 'aws' : 'both'
}

/** When what a pair tells of began: by AWS's record where there is one. Epoch milliseconds. */
export function startOf({ aws, offtrail }: Pair): number {
  return (aws ?? offtrail)?.startMs ?? 0
}

/** Where an insight of AWS ends; without an End record, after the minutes that its Start is about. Epoch milliseconds. */
export function endOf({ startMs, endMs, minutes }: PublishedInsight): number {
  return endMs ?? startMs + minutes * 60_000
}

function subjectOf(about: Insight | PublishedInsight): string {
  const { account, region, eventSource, eventName, insightType, errorCode } = about
  return JSON.stringify([account, region, eventSource, eventName, insightType, errorCode])
}

/** How much time two insights have in common; below zero: how far they are apart. */
function sharedMs(aws: PublishedInsight, { startMs, endMs }: Insight): number {
  const untilMs = Math.min(endOf(aws), endMs ?? Number.POSITIVE_INFINITY)
  return untilMs - Math.max(aws.startMs, startMs)
}
