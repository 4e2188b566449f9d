import { ACTOR_KINDS, type ActorRules, slotOf } from '../../../bucket/actors.ts'
import type { CountedDetails, StoreReader } from '../../store.ts'
import { firstSlot } from '../counts/actor-blob.ts'
import { actorDays } from '../counts/actor-days.ts'
import { PastCap } from '../counts/past-cap.ts'
import type { Pending } from '../counts/pending.ts'
import { valueName } from '../counts/read-actors.ts'
import { codeNames } from '../counts/read-cells.ts'
import type { Db } from '../file/db.ts'
import { accountRef } from '../rows/accounts.ts'
import { type Details, NONE, valueRef, WITHHELD } from './details.ts'
import { Replacements } from './replacements.ts'
import { type KeptCall, Segments } from './segments.ts'

const DAY_MINUTES = 1440

/** Every counted call of an account's days, out of what de-duplication remembers of them. */
export function eachCallOf(
  db: Db,
  pending: Pending,
  rules: ActorRules,
): Pick<StoreReader, 'eachCall'> {
  const segments = new Segments(db)
  return {
    eachCall({ account, fromDay, untilDay }, take) {
      const ref = accountRef(db, account)
      if (ref === undefined) return
      // Others may have written since: what is remembered of the store lives for one question.
      const replacements = new Replacements(db)
      const detailed = detailsReader(db, pending, rules)
      for (let day = fromDay; day < untilDay; day++) {
        for (const call of segments.callsOn(ref, day)) {
          if (replacements.stands({ account: ref, day, key: call.words })) take(detailed(call))
        }
      }
    },
  }
}

/** Puts names to numbers, each looked up once; a value of a window past the cap is kept from being known. */
function detailsReader(
  db: Db,
  pending: Pending,
  rules: ActorRules,
): (call: KeptCall) => CountedDetails {
  const codes = codeNames(db)
  const values = new Map<number, string>()
  const isPast = pastCapOf(db, pending, rules)
  const nameOf = (kept: number): string => {
    const known = values.get(kept)
    if (known !== undefined) return known
    const name = valueName(db, valueRef(kept))
    values.set(kept, name)
    return name
  }
  return ({ second, details }) => {
    const minute = Math.floor(second / 60)
    const actorOf = (kind: (typeof ACTOR_KINDS)[number]): string | null => {
      const kept = details[kind satisfies keyof Details]
      if (kept === NONE || kept === WITHHELD) return null
      const slot = slotOf(minute, ACTOR_KINDS.indexOf(kind), rules.windowMinutes)
      return isPast(details.series, slot) ? null : nameOf(kept)
    }
    return {
      ...{ series: details.series, minute, day: Math.floor(minute / DAY_MINUTES) },
      ...{ code: details.code, errorCode: codes[details.code] ?? null },
      ...{ identity: actorOf('identity'), agent: actorOf('agent'), resource: actorOf('resource') },
    }
  }
}

/** Whether a slot of a series is past the cap: what is folded says so itself, of what is pending only the sum does. */
function pastCapOf(
  db: Db,
  pending: Pending,
  rules: ActorRules,
): (series: number, slot: number) => boolean {
  const folded = new PastCap(db)
  const pendingChanges = pending.all()
  const slotsPerDay = firstSlot(1, rules.windowMinutes)
  const mixed = new Map<string, ReadonlySet<number>>()
  return (series, slot) => {
    const changes = pendingChanges.get(series)
    if (changes === undefined) return folded.has(series, slot)
    const day = Math.floor(slot / slotsPerDay)
    const key = `${series} ${day}`
    let slots = mixed.get(key)
    if (slots === undefined) {
      const span = { series, from: day * slotsPerDay, until: (day + 1) * slotsPerDay }
      const days = [...actorDays(db, changes, rules, span)]
      slots = new Set(days.flatMap(({ pastCap }) => [...pastCap]))
      mixed.set(key, slots)
    }
    return slots.has(slot)
  }
}
