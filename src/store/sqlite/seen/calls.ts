import { idText } from '../../../event/table/event-id.ts'
import type { CountedCall, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import { NONE, valueRef, WITHHELD } from './details.ts'
import { type KeptCall, Segments } from './segments.ts'

const DAY_MS = 86_400_000

/** The counted calls of a series one by one, out of what de-duplication remembers of them. */
export function callsOf(db: Db): Pick<StoreReader, 'calls'> {
  const segments = new Segments(db)
  return {
    calls({ series, fromMs, untilMs, errorCode, limit }) {
      const sql = 'SELECT account_ref FROM series WHERE ref = ?'
      const account = Number(plucked(db, sql).get(series))
      const isWanted = wantedCode(db, errorCode)
      const found: KeptCall[] = []
      for (let day = Math.floor(fromMs / DAY_MS); day * DAY_MS < untilMs; day++) {
        for (const call of segments.callsOf(account, day, { series, fromMs, untilMs })) {
          if (isWanted(call.details.code)) found.push(call)
        }
        if (found.length >= limit) break
      }
      const ofOne = found.map((call) => ({ call, id: uuid(idText(call.words, 0)) }))
      ofOne.sort((a, b) => a.call.second - b.call.second || (a.id < b.id ? -1 : 1))
      return ofOne.slice(0, limit).map(({ call, id }) => countedCall(db, call, id))
    },
  }
}

/** Whether a code's row is that of the error code asked for; every one is where none was. */
function wantedCode(db: Db, errorCode: string | null | undefined): (code: number) => boolean {
  if (errorCode === undefined) return () => true
  if (errorCode === null) return (code) => code === 0
  const ref = plucked(db, 'SELECT ref FROM code WHERE name = ?').get(textTo(errorCode))
  return (code) => code === ref
}

function countedCall(db: Db, { second, details }: KeptCall, eventId: string): CountedCall {
  const text = (sql: string, ref: number): string | null => {
    const name = plucked(db, sql).get(ref)
    return typeof name === 'string' ? textFrom(name) : null
  }
  const actor = (kept: number): string | null =>
    kept === NONE || kept === WITHHELD
      ? null
      : text('SELECT name FROM actor_value WHERE ref = ?', valueRef(kept))
  return {
    ...{ eventId, second },
    errorCode: text('SELECT name FROM code WHERE ref = ?', details.code),
    identity: actor(details.identity),
    agent: actor(details.agent),
  }
}

/** The id as AWS writes it. */
function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
