import type { LevelHold } from './baseline.ts'
import type { LevelPath } from './level.ts'

/** Days after which a risen level is believed. */
const CONFIRM_DAYS = 7
/** Days a level must have held to be known after a fall, and days it stays known. */
const KNOWN_DAYS = 14

/**
 * What a level that jumped is held against: repeating a new level is no anomaly, going back to the
 * old one is none either, and a level that held for a day or two is not known afterwards.
 */
export function levelHold(path: LevelPath | null): LevelHold {
  const jump = path?.jump
  const hold = { rise: 1, fall: 1, before: 1, settled: true }
  if (path === null || !jump) return hold
  const after = { ...hold, settled: jump.age > KNOWN_DAYS }
  const before = Math.exp(jump.former - path.next)
  if (before < 1) return jump.age <= CONFIRM_DAYS ? { ...after, fall: before, before } : after
  const isKnown = jump.age <= KNOWN_DAYS && jump.formerDays >= KNOWN_DAYS
  return isKnown ? { ...after, rise: before } : after
}
