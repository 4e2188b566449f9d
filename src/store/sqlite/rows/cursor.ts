import { Fault } from '../../../base/fault.ts'

/** A place in a list, as opaque text: the values the list is ordered by, of the last row shown. */
export function cursorTo(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values in a cursor, `length` of them. Throws `USAGE` for text that is none. */
export function cursorFrom(text: string, length: number): readonly (string | number)[] {
  const values = parsed(Buffer.from(text, 'base64url').toString())
  const isOurs =
    Array.isArray(values) &&
    values.length === length &&
    values.every((value) => typeof value === 'string' || typeof value === 'number')
  if (!isOurs)
    throw new Fault('USAGE', 'that place in the list is none of ours: begin again without it')
  return values
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The rows of a page out of one more than it may hold, and where the next one begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly (string | number)[],
): { readonly rows: readonly Row[]; readonly next: string | null } {
  if (rows.length <= limit) return { rows, next: null }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: last === undefined ? null : cursorTo(placeOf(last)) }
}
