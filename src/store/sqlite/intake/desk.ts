import type { ActorRules } from '../../../bucket/actors.ts'
import { PastCap } from '../counts/past-cap.ts'
import type { Db } from '../file/db.ts'
import { Names } from '../names/names.ts'
import { Replacements } from '../seen/replacements.ts'
import { SeenDays } from '../seen/seen-days.ts'
import { Segments } from '../seen/segments.ts'

/** What the writer keeps at hand between transactions. All of it may be thrown away, and is when one fails. */
export interface Desk {
  readonly db: Db
  readonly rules: ActorRules
  readonly names: Names
  readonly pastCap: PastCap
  readonly segments: Segments
  readonly seen: SeenDays
  readonly replacements: Replacements
}

/** An empty desk. `seenLimit`: events held in memory at most. */
export function clearDesk(db: Db, rules: ActorRules, seenLimit: number): Desk {
  const segments = new Segments(db)
  return {
    db,
    rules,
    names: new Names(db),
    pastCap: new PastCap(db),
    segments,
    seen: new SeenDays(segments, seenLimit),
    replacements: new Replacements(db),
  }
}
