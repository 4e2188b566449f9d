import { lawOf, riseLaw } from '../baseline/baseline.ts'
import { rescale, type TailScale } from '../baseline/tail-scale.ts'
import { FALL_FROM_MEAN } from '../baseline/tails.ts'
import { type CountLaw, lowerTail, upperTail } from '../distribution/count-tails.ts'
import { logNormalTail } from '../distribution/log-normal.ts'
import { studentSurprise } from '../distribution/student.ts'
import { LEARN_DAYS } from '../series/grid.ts'
import { type DensePlan, degreesOf, penaltyOf } from './dense-day.ts'
import { fallIsProven } from './fall-proof.ts'
import { habitualFall, habitualRise, recordDays } from './past.ts'
import { leastKept } from './score.ts'
import { type Look, meanOf, plainCount, risingCount, scaleOf, type Trail } from './trail.ts'

/** -ln of the tail from where a count of earlier days is a habit, not chance: once in 10,000 windows. */
const HABIT_SURPRISE = 9.2
/** Days of 28 on which as much makes it no news. */
const RECORD_DAYS = 7

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
  /** What allows it less surprise than its law; null where nothing does. */
  readonly bound: Bound | null
}

/** The most surprise that the series' past allows a rise, and why. */
export interface Bound {
  readonly name: string
  readonly surprise: number
  /** Every number it was made of. */
  readonly terms: Readonly<Record<string, number>>
}

/**
 * A window's rise over its expectation; undefined where it is none. Errors rise only where they do
 * so over their season and over their share of the calls: the smaller surprise counts, so calls
 * that rise with a constant failing share are no anomaly of the errors.
 */
export function judgeRise(plan: DensePlan, look: Look): Judged | undefined {
  const overSeason = riseOver(plan.season, plan, look)
  // What is not kept of the one need not be held against the other.
  const least = leastKept(plan.keep, plan.denseCount)
  if (overSeason === undefined || overSeason.surprise < least) return overSeason
  const given = plan.given()
  if (given === null) return overSeason
  const overShare = riseOver(given, plan, look)
  const isLess = overShare === undefined || overShare.surprise < overSeason.surprise
  return isLess ? overShare : overSeason
}

function riseOver(trail: Trail, plan: DensePlan, look: Look): Judged | undefined {
  const count = risingCount(trail, look)
  const scale = scaleOf(trail, look)
  const law = riseLaw(scale, meanOf(trail, look, 'up'))
  if (count <= law.mean) return undefined
  const logTail = upperTail(count, law)
  const penalty = penaltyOf(plan, scale.windows)
  const least = leastKept(plan.keep, plan.denseCount)
  // The series' own tail never makes a surprise larger: where its law's is too small, it need not be known.
  const isSmall = -logTail - penalty < least
  const surprise = isSmall
    ? -logTail - penalty
    : surpriseOf({ logTail, tail: scale.rise }, plan, scale.windows)
  const judged: Judged = {
    ...{ look, direction: 'up', count, law, logTail, surprise, trail, bound: null },
  }
  return surprise < least ? judged : overPast(judged, plan)
}

/**
 * A rise over its season that its own past must bear out: over what the series did at the same time of
 * earlier days, where that was as far from its expectation as few windows are; no rarer than as large
 * ones were on 7 days of 28; and no rarer than a burst of as many calls beside the series' own work.
 */
function overPast(judged: Judged, plan: DensePlan): Judged | undefined {
  const habit = overHabit(judged, plan)
  if (habit === undefined || judged.trail.test === 'share') return habit
  let held = habit
  for (const bound of [recordBound(habit, plan), burstBound(habit, plan)]) {
    if (bound !== undefined && bound.surprise < held.surprise) {
      held = { ...habit, surprise: bound.surprise, bound }
    }
  }
  return held
}

function overHabit(judged: Judged, plan: DensePlan): Judged | undefined {
  const { look, trail, count } = judged
  const scale = scaleOf(trail, look)
  const until = trail.origin + look.end
  const span = { from: until - scale.windows, until }
  const habitual = habitualRise(plan.past(), span, { count, mean: judged.law.mean }, plan.grid)
  if (habitual <= judged.law.mean || -upperTail(habitual, judged.law) < HABIT_SURPRISE)
    return judged
  const law = riseLaw(scale, habitual)
  if (count <= law.mean) return undefined
  const logTail = upperTail(count, law)
  const surprise = surpriseOf({ logTail, tail: scale.rise }, plan, scale.windows)
  return { ...judged, law, logTail, surprise }
}

/** What came on many of the 28 days is expected as often again. */
function recordBound({ look, trail, law }: Judged, plan: DensePlan): Bound | undefined {
  const { windows } = scaleOf(trail, look)
  const count = plainCount(trail, look)
  const days = recordDays(plan.past(), { windows, count, mean: law.mean }, plan.grid)
  if (days < RECORD_DAYS) return undefined
  const surprise = -Math.log((days * 7) / LEARN_DAYS) - Math.log(plan.denseCount)
  return { name: 'about as much on many days', surprise, terms: { recordDays: days } }
}

/** What comes on top of a schedule is a burst, whatever the schedule is: a poller that someone calls by hand. It is looked at in every length. */
function burstBound({ law, count }: Judged, { baseline, bursts, denseCount }: DensePlan): Bound {
  const { law: burst, tail } = bursts()
  const { location, spread, perWeek } = burst
  const logTail = logNormalTail(Math.max(1, count - law.mean), burst)
  const lengths = baseline.dispersion.length
  const looked = Math.log(lengths) + Math.log(denseCount)
  const surprise = rescale(-logTail, tail) - Math.log(perWeek) - looked
  const { from, scale } = tail
  return {
    name: 'bursts beside its own work',
    surprise,
    terms: {
      ...{ location, spread, burstsPerWeek: perWeek, burstLogTail: logTail },
      ...{ burstTailFrom: from, burstTailScale: scale, lengths },
    },
  }
}

/** What a tail says with as heavy a tail as the series' own, with a scatter known from few windows, and paid for every look. */
function surpriseOf(
  { logTail, tail }: { readonly logTail: number; readonly tail: TailScale },
  plan: DensePlan,
  windows: number,
): number {
  const own = rescale(-logTail, tail)
  return studentSurprise(own, degreesOf(plan, windows)) - penaltyOf(plan, windows)
}

/** A window's fall under its expectation; undefined where it is none, or cannot be known to be one. */
export function judgeFall(plan: DensePlan, look: Look): Judged | undefined {
  const { season: trail, proof, grid } = plan
  const count = plainCount(trail, look)
  const scale = scaleOf(trail, look)
  const law = lawOf(scale, meanOf(trail, look, 'down'))
  if (proof === null || law.mean < FALL_FROM_MEAN || count >= law.mean) return undefined
  const logTail = lowerTail(count, law)
  const penalty = penaltyOf(plan, scale.windows)
  const judgedBy = (surprise: number): Judged => ({
    ...{ look, direction: 'down', count, law, logTail, surprise, trail, bound: null },
  })
  // As of a rise: where the law alone finds it too small, neither tail nor past need be known.
  if (-logTail - penalty < leastKept(plan.keep, plan.denseCount))
    return judgedBy(-logTail - penalty)
  const until = trail.origin + look.end
  const span = { from: until - scale.windows, until }
  if (!fallIsProven(proof, span, count, grid)) return undefined
  if (count >= habitualFall(plan.past(), span, law.mean, grid)) return undefined
  return judgedBy(surpriseOf({ logTail, tail: scale.fall }, plan, scale.windows))
}
