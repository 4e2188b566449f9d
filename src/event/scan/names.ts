import type { ApiCall } from '../api-call.ts'
import { parseRecord } from '../parse-record.ts'
import { CALLER_FIELDS, type Scanner, SERIES_FIELDS } from './scanner.ts'

/** A thing with its place in the table of the file that is being read. */
export interface Placed<Thing> {
  readonly thing: Thing
  /** Number of the file that `place` belongs to. */
  file: number
  place: number
}

/**
 * What the scanner's numbers mean, each worked out once by the plain parser itself: a record is made up of what a number
 * stands for and read as any other. Throws where a text is no JSON.
 */
export class Names {
  readonly #scanner: Scanner
  readonly #series: (Placed<ApiCall> | null)[] = []
  readonly #callers: Placed<string | null>[] = []
  readonly #agents: Placed<string | null>[] = []

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** A call like those of this series and code; `null`: its records are rejected or are no calls. */
  series(number: number): Placed<ApiCall> | null {
    const known = this.#series[number]
    if (known !== undefined) return known
    const texts = this.#scanner.seriesTexts(number)
    const entries = SERIES_FIELDS.map((field, at) => [field, this.#scanner.value(texts[at] ?? 0)])
    const { callerAccount, ...fields } = Object.fromEntries(entries) as Record<string, unknown>
    const call = callOf({ ...fields, userIdentity: { accountId: callerAccount } })
    const fresh = call === null ? null : { thing: call, file: -1, place: 0 }
    this.#series[number] = fresh
    return fresh
  }

  caller(number: number): Placed<string | null> {
    const texts = this.#scanner.callerTexts(number)
    return remembered(this.#callers, number, () => {
      const entries = CALLER_FIELDS.map((field, at) => [field, this.#scanner.value(texts[at] ?? 0)])
      return callOf({ ...NAMED, userIdentity: Object.fromEntries(entries) })?.identity ?? null
    })
  }

  agent(number: number): Placed<string | null> {
    return remembered(this.#agents, number, () => {
      return callOf({ ...NAMED, userAgent: this.#scanner.value(number) })?.userAgent ?? null
    })
  }
}

const NAMED = { eventSource: 'source', eventName: 'name' }
const DATED = {
  eventTime: '2026-01-01T00:00:00Z',
  eventID: '00000000-0000-0000-0000-000000000000',
}

function callOf(fields: object): ApiCall | null {
  const reading = parseRecord({ ...fields, ...DATED }, '', { account: null, stampMs: null })
  return reading.kind === 'call' ? reading.call : null
}

function remembered(
  known: Placed<string | null>[],
  number: number,
  look: () => string | null,
): Placed<string | null> {
  const found = known[number]
  if (found !== undefined) return found
  const fresh = { thing: look(), file: -1, place: 0 }
  known[number] = fresh
  return fresh
}
