import { between, type Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import { surpriseAbove, type WindowLaw } from '../window-law.ts'
import type { Strength } from '../work.ts'

/**
 * The surprise (-ln p) at which a window is worth one false alarm in ten series-weeks, when every
 * bucket is looked at in four or five lengths on two sides.
 */
export function foundFrom({ perHour }: Timeline): number {
  const lengths = perHour === 1 ? 4 : 5
  return Math.log(168 * perHour * lengths * 2 * 10)
}

/** How surprising a planted anomaly is meant to be, in multiples of `foundFrom`. */
const SURPRISES: Readonly<Record<Strength, readonly [number, number]>> = {
  low: [0.65, 1.1],
  medium: [1.4, 2.1],
  high: [2.5, 4],
}

/** Fewer than so many extra calls nobody wants to hear of. */
export const LEAST_CALLS: Readonly<Record<Strength, number>> = { low: 10, medium: 15, high: 30 }

/** Fewer than so many extra errors nobody wants to hear of. */
export const LEAST_ERRORS: Readonly<Record<Strength, number>> = { low: 5, medium: 8, high: 15 }

/** A surprise to plant. Where sizes are log-normal, each nat more costs ever more calls, so steps are smaller. */
export function drawSurprise(
  random: Random,
  timeline: Timeline,
  strength: Strength,
  law: WindowLaw,
): number {
  const factor = between(random, ...SURPRISES[strength])
  const gentle = law.sessions === null ? factor : 1 + (factor - 1) * 0.35
  return gentle * foundFrom(timeline)
}

/** What a surprise is called; null where it is too weak to be labelled. */
export function strengthOf(surprise: number, timeline: Timeline): Strength | null {
  const factor = surprise / foundFrom(timeline)
  if (factor < SURPRISES.low[0]) return null
  if (factor < 1.25) return 'low'
  return factor < 2.3 ? 'medium' : 'high'
}

/** The fewest calls above the mean that are so surprising, and no fewer than `least`. */
export function extraFor(surprise: number, law: WindowLaw, least: number): number {
  const reaches = (extra: number): boolean =>
    surpriseAbove(Math.round(law.mean + extra), law) >= surprise
  let enough = least
  if (reaches(enough)) return enough
  let under = enough
  while (!reaches(enough)) {
    under = enough
    enough *= 2
  }
  while (enough - under > 1) {
    const middle = (enough + under) >> 1
    if (reaches(middle)) enough = middle
    else under = middle
  }
  return enough
}
