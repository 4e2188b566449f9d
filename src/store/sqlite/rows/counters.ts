import type { StoreTotals, Tally } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'

/** The parts of a tally. */
export const TALLY_PARTS = [
  'read',
  'counted',
  'duplicate',
  'late',
  'rejected',
  'insights',
  'conflicts',
] as const satisfies readonly (keyof Tally)[]

/** Adds to running totals. Inside a transaction. */
export function addToCounters(
  db: Db,
  amounts: Iterable<readonly [name: string, by: number]>,
): void {
  const statement = prepared(
    db,
    'INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
  )
  for (const [name, by] of amounts) if (by !== 0) statement.run(name, by)
}

/** Every running total by name. */
export function readCounters(db: Db): ReadonlyMap<string, number> {
  const rows = prepared(db, 'SELECT name, value FROM counter').all()
  return new Map(
    (rows as { name: string; value: number }[]).map(({ name, value }) => [name, value]),
  )
}

/** The totals over everything ever read: they obey the conservation law whatever was read twice or corrected since. */
export function totalsFrom(counters: ReadonlyMap<string, number>): StoreTotals {
  const rejected = [...counters].filter(([name]) => name.startsWith(REJECTED))
  return {
    ...tallyFrom(counters, ''),
    objects: {
      done: counters.get('objects:done') ?? 0,
      partial: counters.get('objects:partial') ?? 0,
      failed: counters.get('objects:failed') ?? 0,
      skipped: counters.get('objects:skipped') ?? 0,
    },
    rejectedByCode: new Map(rejected.map(([name, count]) => [name.slice(REJECTED.length), count])),
  }
}

/** A tally out of counters whose names begin with `prefix`. */
export function tallyFrom(counters: ReadonlyMap<string, number>, prefix: string): Tally {
  const part = (name: keyof Tally) => counters.get(`${prefix}${name}`) ?? 0
  return {
    read: part('read'),
    counted: part('counted'),
    duplicate: part('duplicate'),
    late: part('late'),
    rejected: part('rejected'),
    insights: part('insights'),
    conflicts: part('conflicts'),
  }
}

export const REJECTED = 'rejected:'
