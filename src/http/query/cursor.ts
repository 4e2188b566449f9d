import { createHmac, timingSafeEqual } from 'node:crypto'
import { Fault } from '../../base/fault.ts'

/** Where a list goes on. */
export interface Place {
  /** The store's own word for the position. */
  readonly after: string
  /** The moment that `24h` and the like were reckoned from on the first page, epoch milliseconds; null: there are none. */
  readonly nowMs: number | null
}

const MAC_BYTES = 16

/**
 * An opaque cursor for `place`, bound to what was asked (`question`): `PLACE.MAC`, both base64url. The MAC is
 * HMAC-SHA-256 cut to 128 bits, so a cursor can neither be made up nor be used with another filter.
 */
export function sealCursor(key: Buffer, question: string, place: Place): string {
  const text = Buffer.from(JSON.stringify([place.after, place.nowMs])).toString('base64url')
  return `${text}.${macOf(key, question, text)}`
}

/** The place a cursor names. Throws `USAGE` unless this key sealed it for this very question. */
export function openCursor(key: Buffer, question: string, cursor: string): Place {
  const [text = '', mac = ''] = cursor.split('.')
  const given = Buffer.from(mac)
  const due = Buffer.from(macOf(key, question, text))
  if (cursor !== `${text}.${mac}` || given.length !== due.length || !timingSafeEqual(given, due)) {
    throw new Fault(
      'USAGE',
      'the cursor does not belong to this request: leave the other parameters as they were on the first page, or begin again without cursor',
    )
  }
  const [after, nowMs] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    string,
    number | null,
  ]
  return { after, nowMs }
}

/** Compared as text: base64 has several spellings of the same bytes. */
function macOf(key: Buffer, question: string, text: string): string {
  const whole = createHmac('sha256', key).update(`${question}\n${text}`).digest()
  return whole.subarray(0, MAC_BYTES).toString('base64url')
}
