import type { ActorRules } from '../../../bucket/actors.ts'
import { CountRoom } from '../../../bucket/count.ts'
import { PastCap } from '../counts/past-cap.ts'
import type { Db } from '../file/db.ts'
import { Names } from '../names/names.ts'
import { Replacements } from '../seen/replacements.ts'
import { EntryRoom } from '../seen/row-keys.ts'
import { SeenDays } from '../seen/seen-days.ts'
import { Segments } from '../seen/segments.ts'
import { Changes } from './changes.ts'

/** What the writer keeps at hand between transactions. All of it may be thrown away, and is when one fails. */
export interface Desk {
  readonly db: Db
  readonly rules: ActorRules
  readonly names: Names
  readonly pastCap: PastCap
  readonly segments: Segments
  readonly seen: SeenDays
  readonly replacements: Replacements
  /** Of the transaction that is open, and what is pending. */
  readonly changes: Changes
  /** Where one table after the other is worked on. */
  readonly countRoom: CountRoom
  readonly entryRoom: EntryRoom
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
    ...emptyRooms(),
  }
}

/** Room for changes, and to work in: where nothing is pending, it may be exchanged for what is there. */
export function emptyRooms(): Pick<Desk, 'changes' | 'countRoom' | 'entryRoom'> {
  return { changes: new Changes(), countRoom: new CountRoom(), entryRoom: new EntryRoom() }
}
