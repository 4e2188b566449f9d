import { createHash } from 'node:crypto'

const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/**
 * The 16 bytes an event is known by, as 32 lower-case hexadecimal digits: a GUID's own digits, else the first half of
 * the SHA-256 of the id's text, or of the record's bytes where it has no id (eventVersion 1.0).
 */
export function eventIdOf(id: unknown, recordBytes: Uint8Array | string): string {
  return namedId(id) ?? halfHash(recordBytes)
}

/** The same form of an id that another record names, or `null` where it names none. */
export function namedId(id: unknown): string | null {
  if (typeof id !== 'string' || id === '') return null
  return GUID.test(id) ? id.replaceAll('-', '').toLowerCase() : halfHash(id)
}

function halfHash(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}
