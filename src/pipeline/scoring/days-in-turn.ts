import type { DayScores, DaysToScore } from '../../../models/index.ts'

/** Scores days that nobody else has begun with, the next one first, until there is none. */
export function* daysInTurn(
  { days, score }: DaysToScore,
  begun: Int32Array,
): Generator<DayScores, void> {
  for (let at = take(begun); at < days.length; at = take(begun)) yield score(days[at] as number)
}

/** So that nobody begins with another day. */
export function giveUp({ days }: Pick<DaysToScore, 'days'>, begun: Int32Array): void {
  Atomics.store(begun, 0, days.length)
}

/** The place of the next day that nobody has begun with. */
function take(begun: Int32Array): number {
  return Atomics.add(begun, 0, 1)
}
