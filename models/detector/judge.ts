import { lawOf } from '../baseline/baseline.ts'
import { type CountLaw, lowerTail, upperTail } from '../distribution/count-tails.ts'
import { type DensePlan, penaltyOf } from './dense-day.ts'
import { fallIsProven } from './fall-proof.ts'
import { type Look, meanOf, plainCount, risingCount, scaleOf, type Trail } from './trail.ts'

/** Means under this are too small for a fall to show. */
export const FALL_FROM_MEAN = 10

/** One window of one length looked at from one side. */
export interface Judged {
  readonly look: Look
  readonly direction: 'up' | 'down'
  /** As the tail took it: a rise in more than one window is capped. */
  readonly count: number
  readonly law: CountLaw
  /** ln of the mid-p tail. */
  readonly logTail: number
  readonly surprise: number
  /** What it was held against. */
  readonly trail: Trail
}

/**
 * A window's rise over its expectation; undefined where it is none. Errors rise only where they do
 * so over their season and over their share of the calls: the smaller surprise counts, so calls
 * that rise with a constant failing share are no anomaly of the errors.
 */
export function judgeRise(plan: DensePlan, look: Look): Judged | undefined {
  let least: Judged | undefined
  for (const trail of plan.trails) {
    const judged = riseOver(trail, plan, look)
    if (judged === undefined) return undefined
    if (least === undefined || judged.surprise < least.surprise) least = judged
  }
  return least
}

function riseOver(trail: Trail, plan: DensePlan, look: Look): Judged | undefined {
  const count = risingCount(trail, look)
  const scale = scaleOf(trail, look)
  const law = lawOf(scale, meanOf(trail, look))
  if (count <= law.mean) return undefined
  const logTail = upperTail(count, law)
  const surprise = -logTail - penaltyOf(plan, scale.windows)
  return { look, direction: 'up', count, law, logTail, surprise, trail }
}

/** A window's fall under its expectation; undefined where it is none, or cannot be known to be one. */
export function judgeFall(plan: DensePlan, look: Look): Judged | undefined {
  const { season: trail, proof, grid } = plan
  const count = plainCount(trail, look)
  const scale = scaleOf(trail, look)
  const law = lawOf(scale, meanOf(trail, look))
  if (proof === null || law.mean < FALL_FROM_MEAN || count >= law.mean) return undefined
  if (!fallIsProven(proof, trail.origin + look.end, count, grid)) return undefined
  const logTail = lowerTail(count, law)
  const surprise = -logTail - penaltyOf(plan, scale.windows)
  return { look, direction: 'down', count, law, logTail, surprise, trail }
}
