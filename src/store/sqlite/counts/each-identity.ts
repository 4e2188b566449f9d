import { ACTOR_KINDS, type ActorRules, kindOfSlot, minuteOfSlot } from '../../../bucket/actors.ts'
import type { IdentityCalls, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { accountRef } from '../rows/accounts.ts'
import { firstSlot, visitActors } from './actor-blob.ts'
import { actorDays, changedSlots } from './actor-days.ts'
import { DAY_MINUTES } from './cell-blob.ts'
import type { Pending } from './pending.ts'
import { valueName } from './read-actors.ts'
import { codeNames } from './read-cells.ts'

/** Who called what, over all of an account's series: what is folded plus what is pending. */
export function identitiesOf(
  db: Db,
  pending: Pending,
  rules: ActorRules,
): Pick<StoreReader, 'eachIdentity'> {
  return {
    eachIdentity({ account, fromMinute, untilMinute }, take) {
      const ref = accountRef(db, account) ?? -1
      const changedOn = changedDays(db, ref, pending, rules)
      const visit = visitor(db, { rules, fromMinute, untilMinute }, take)
      const last = Math.ceil(untilMinute / DAY_MINUTES) - 1
      for (let day = Math.floor(fromMinute / DAY_MINUTES); day <= last; day++) {
        const place = { account: ref, day, rules, changed: changedOn.get(day) ?? NONE }
        visitFolded(db, place, visit)
        if (place.changed.size > 0) visitMixed(db, place, pending, visit)
      }
    },
  }
}

const IDENTITY = ACTOR_KINDS.indexOf('identity')
const NONE: ReadonlySet<number> = new Set()

/** The account's series with pending changes, by day. */
function changedDays(
  db: Db,
  account: number,
  pending: Pending,
  { windowMinutes }: ActorRules,
): ReadonlyMap<number, ReadonlySet<number>> {
  const slotsPerDay = firstSlot(1, windowMinutes)
  const days = new Map<number, Set<number>>()
  const sql = 'SELECT ref FROM series WHERE account_ref = ?'
  for (const series of plucked(db, sql).all(account) as number[]) {
    const changes = pending.of(series)
    if (changes === undefined) continue
    for (const slot of [...changedSlots(changes), ...changes.pastCap]) {
      const day = Math.floor(slot / slotsPerDay)
      const known = days.get(day)
      if (known === undefined) days.set(day, new Set([series]))
      else known.add(series)
    }
  }
  return days
}

interface Place {
  readonly account: number
  readonly day: number
  readonly rules: ActorRules
  /** Series with pending changes on the day. */
  readonly changed: ReadonlySet<number>
}

/** Takes the numbers of an entry of a series. */
type Visit = (series: number, slot: number, value: number, code: number, count: number) => void

/** Names numbers, each looked up once; leaves out what is no identity, was corrected away, or lies outside. */
function visitor(
  db: Db,
  span: { readonly rules: ActorRules; readonly fromMinute: number; readonly untilMinute: number },
  take: (calls: IdentityCalls) => void,
): Visit {
  const codes = codeNames(db)
  const identities = new Map<number, string>()
  return (series, slot, value, code, count) => {
    if (kindOfSlot(slot) !== IDENTITY || count === 0) return
    const minute = minuteOfSlot(slot, span.rules.windowMinutes)
    if (minute < span.fromMinute || minute >= span.untilMinute) return
    let identity = identities.get(value)
    if (identity === undefined) {
      identity = valueName(db, value)
      identities.set(value, identity)
    }
    take({ series, minute, identity, errorCode: codes[code] ?? null, calls: count })
  }
}

/** A day's entries of the series without pending changes. */
function visitFolded(db: Db, { account, day, rules, changed }: Place, visit: Visit): void {
  const dayStart = firstSlot(day, rules.windowMinutes)
  for (const row of prepared(db, SELECT_DAY).all(day, account)) {
    const { series, actors } = row as { series: number; actors: Buffer }
    if (changed.has(series)) continue
    visitActors(actors, dayStart, (slot, value, code, count) => {
      visit(series, slot, value, code, count)
    })
  }
}

/** A day's entries of the others. */
function visitMixed(db: Db, { day, rules, changed }: Place, pending: Pending, visit: Visit): void {
  const from = firstSlot(day, rules.windowMinutes)
  const until = firstSlot(day + 1, rules.windowMinutes)
  for (const series of changed) {
    for (const { entries } of actorDays(db, pending.of(series), rules, { series, from, until })) {
      for (const { slot, value, code, count } of entries) {
        if (slot >= from && slot < until) visit(series, slot, value, code, count)
      }
    }
  }
}

const SELECT_DAY = `SELECT actors.series, actors.actors FROM actors JOIN series ON series.ref = actors.series
  WHERE actors.day = ? AND series.account_ref = ?`
