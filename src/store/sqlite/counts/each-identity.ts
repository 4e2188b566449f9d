import { ACTOR_KINDS, type ActorRules, kindOfSlot, minuteOfSlot } from '../../../bucket/actors.ts'
import type { IdentityCalls, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { accountRef } from '../rows/accounts.ts'
import { firstSlot, visitActors } from './actor-blob.ts'
import { actorDays, changedSlots, foldedActors } from './actor-days.ts'
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
      const firstDay = Math.floor(fromMinute / DAY_MINUTES)
      const untilDay = Math.ceil(untilMinute / DAY_MINUTES)
      const foldedOn = foldedDays(db, ref, { firstDay, untilDay })
      for (let day = firstDay; day < untilDay; day++) {
        const place = { day, rules, changed: changedOn.get(day) ?? NONE }
        visitFolded(db, place, foldedOn.get(day) ?? [], visit)
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
  const sql = 'SELECT ref FROM series INDEXED BY series_by_account WHERE account_ref = ?'
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

/** The account's series that are folded, by day. */
function foldedDays(
  db: Db,
  account: number,
  { firstDay, untilDay }: { readonly firstDay: number; readonly untilDay: number },
): ReadonlyMap<number, readonly number[]> {
  const days = new Map<number, number[]>()
  // One by one: there may be a million.
  for (const row of prepared(db, SELECT_DAYS).iterate(firstDay, untilDay, account)) {
    const { series, day } = row as { series: number; day: number }
    const known = days.get(day)
    if (known === undefined) days.set(day, [series])
    else known.push(series)
  }
  return days
}

interface Place {
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
function visitFolded(
  db: Db,
  { day, rules, changed }: Place,
  folded: readonly number[],
  visit: Visit,
): void {
  const dayStart = firstSlot(day, rules.windowMinutes)
  for (const series of folded) {
    if (changed.has(series)) continue
    const actors = foldedActors(db, day, series)
    // Meanwhile the day may have been removed by another process.
    if (actors === undefined) continue
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

/** An account's series first: a day of actors is that of all accounts. */
const SELECT_DAYS = `SELECT actors.series, actors.day FROM series INDEXED BY series_by_account
  CROSS JOIN actors INDEXED BY actors_by_series
  ON actors.series = series.ref AND actors.day >= ? AND actors.day < ? WHERE series.account_ref = ?`
