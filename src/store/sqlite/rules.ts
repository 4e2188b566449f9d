import { Fault } from '../../base/fault.ts'
import type { ActorRules } from '../../bucket/actors.ts'
import type { Db } from './file/db.ts'
import { prepared } from './file/prepared.ts'
import { metaOf, setMeta } from './rows/runs.ts'

/** Actors are counted in windows of this many minutes, or of the detection window where that is shorter. */
const ACTOR_MINUTES = 5
export const DEFAULT_WINDOW_MINUTES = 5
export const DEFAULT_ACTOR_CAP = 1000

/** Settings that shape what a store holds. */
export interface StoreRules {
  /** The detection window: scores and insights lie on its grid. */
  readonly windowMinutes: number
  readonly actorCap: number
}

/** How actors are counted in a store. */
export function actorRulesOf(db: Db): ActorRules {
  return {
    windowMinutes: Number(metaOf(db, 'actor-minutes') ?? ACTOR_MINUTES),
    cap: Number(metaOf(db, 'actor-cap') ?? DEFAULT_ACTOR_CAP),
  }
}

/**
 * Settles a store's rules, in a transaction: a new store takes them. Another detection window drops the scores and has
 * every account scored again. How actors are counted cannot change: throws `SETTINGS_INVALID`.
 */
export function adoptRules(db: Db, { windowMinutes, actorCap }: StoreRules): void {
  const actorMinutes = Math.min(windowMinutes, ACTOR_MINUTES)
  adoptForGood(db, 'actor-minutes', actorMinutes, 'windowMinutes: actors in windows of')
  adoptForGood(db, 'actor-cap', actorCap, 'actorCap:')
  const before = metaOf(db, 'window-minutes')
  if (before === String(windowMinutes)) return
  setMeta(db, 'window-minutes', String(windowMinutes))
  if (before === null) return
  for (const table of ['score', 'aggregate_score', 'expectation', 'baseline', 'law'])
    prepared(db, `DELETE FROM ${table}`).run()
  prepared(db, 'UPDATE account SET dirty_minute = first_minute').run()
  prepared(db, 'UPDATE watermark SET scored_ms = NULL').run()
}

function adoptForGood(db: Db, name: string, value: number, words: string): void {
  const before = metaOf(db, name)
  if (before === null) setMeta(db, name, String(value))
  else if (before !== String(value)) {
    throw new Fault(
      'SETTINGS_INVALID',
      `this store was made with ${words} ${before}, not ${value}: keep that, or build a new store`,
    )
  }
}
