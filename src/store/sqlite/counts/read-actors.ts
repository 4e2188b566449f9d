import {
  ACTOR_KINDS,
  type ActorRules,
  kindOfSlot,
  minuteOfSlot,
  slotOf,
} from '../../../bucket/actors.ts'
import { compareText } from '../../../bucket/series-key.ts'
import type { ActorCounts, ActorRow, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import type { ActorEntry } from './actor-blob.ts'
import { actorDays } from './actor-days.ts'
import type { Pending } from './pending.ts'
import { codeNames } from './read-cells.ts'

type Actors = Pick<StoreReader, 'actors' | 'actorRows'>

/** Questions about who called: what is folded plus what is pending. */
export function actorsOf(db: Db, pending: Pending, rules: ActorRules): Actors {
  const minutes = rules.windowMinutes
  return {
    actors({ series, fromMs, untilMs, errorCode }) {
      const from = slotOf(fromMs / 60_000, 0, minutes)
      const until = slotOf(Math.ceil(untilMs / 60_000) + minutes - 1, 0, minutes)
      const code = errorCode === undefined ? null : codeRef(db, errorCode)
      const sums: Sums = ACTOR_KINDS.map(() => new Map())
      const days = actorDays(db, pending.of(series), rules, { series, from, until })
      for (const { entries, pastCap } of days) {
        for (const slot of pastCap) {
          if (slot >= from && slot < until) sums[kindOfSlot(slot)] = null
        }
        addTo(
          sums,
          entries.filter((entry) => isAsked(entry, { from, until, code })),
        )
      }
      return namedCounts(db, sums)
    },

    actorRows(series) {
      const found: ActorRow[] = []
      const names = codeNames(db)
      const ever = { series, from: 0, until: Number.MAX_SAFE_INTEGER }
      for (const { entries, pastCap } of actorDays(db, pending.of(series), rules, ever)) {
        const rows = entries.map((entry) => rowOf(db, entry, names, minutes))
        for (const slot of pastCap) rows.push(pastCapRow(slot, minutes))
        for (const row of rows.sort(compareRows)) found.push(row)
      }
      return found
    },
  }
}

type Sums = (Map<number, number> | null)[]

function codeRef(db: Db, name: string): number {
  const ref = plucked(db, 'SELECT ref FROM code WHERE name = ?').get(textTo(name))
  return typeof ref === 'number' ? ref : -1
}

function isAsked(
  { slot, code, count }: ActorEntry,
  asked: { readonly from: number; readonly until: number; readonly code: number | null },
): boolean {
  const inside = slot >= asked.from && slot < asked.until
  return inside && count !== 0 && (asked.code === null || asked.code === code)
}

function addTo(sums: Sums, entries: readonly ActorEntry[]): void {
  for (const { slot, value, count } of entries) {
    const sum = sums[kindOfSlot(slot)]
    sum?.set(value, (sum.get(value) ?? 0) + count)
  }
}

function namedCounts(db: Db, sums: Sums): ActorCounts {
  const [identity, agent, resource] = sums.map((sum) => {
    if (sum === null) return null
    const named = [...sum].map(([value, count]): [string, number] => [valueName(db, value), count])
    return new Map(named.sort(([a], [b]) => compareText(a, b)))
  })
  return { identity: identity ?? null, agent: agent ?? null, resource: resource ?? null }
}

/** The text of an actor value. */
export function valueName(db: Db, ref: number): string {
  return textFrom(String(plucked(db, 'SELECT name FROM actor_value WHERE ref = ?').get(ref)))
}

function rowOf(
  db: Db,
  { slot, value, code, count }: ActorEntry,
  names: readonly (string | null)[],
  windowMinutes: number,
): ActorRow {
  return {
    minute: minuteOfSlot(slot, windowMinutes),
    kind: ACTOR_KINDS[kindOfSlot(slot)] ?? 'identity',
    value: valueName(db, value),
    errorCode: names[code] ?? null,
    calls: count,
  }
}

function pastCapRow(slot: number, windowMinutes: number): ActorRow {
  const kind = ACTOR_KINDS[kindOfSlot(slot)] ?? 'identity'
  return { minute: minuteOfSlot(slot, windowMinutes), kind, value: null, errorCode: null, calls: 0 }
}

function compareRows(a: ActorRow, b: ActorRow): number {
  return (
    a.minute - b.minute ||
    compareText(a.kind, b.kind) ||
    compareText(a.value ?? '', b.value ?? '') ||
    compareText(a.errorCode ?? '', b.errorCode ?? '')
  )
}
