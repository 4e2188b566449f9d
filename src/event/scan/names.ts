import type { ApiCall } from '../api-call.ts'
import { firstArn, parseRecord } from '../parse-record.ts'
import { NO_VALUE } from '../table/call-table.ts'
import { TableNames } from '../table/table-names.ts'
import { CALLER_FIELDS, type Scanner, SERIES_FIELDS } from './scanner.ts'

/** What calls of one series and code have in common. */
export interface SeriesNumber {
  readonly call: ApiCall
  /** Its number among the table's names. */
  readonly pair: number
  /** Whether its records say themselves which account they are of. */
  readonly hasAccount: boolean
}

/**
 * What the scanner's numbers mean, each worked out once by the plain parser itself: a record is made up of what a number
 * stands for and read as any other. Throws where a text is no JSON.
 */
export class Names {
  readonly table = new TableNames()
  readonly #scanner: Scanner
  readonly #series: (SeriesNumber | null)[] = []
  readonly #texts: unknown[] = []
  readonly #callers: number[] = []
  readonly #agents: number[] = []
  readonly #arns: number[] = []

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** `null`: records like these are rejected or are no calls. */
  series(number: number): SeriesNumber | null {
    const known = this.#series[number]
    if (known !== undefined) return known
    const texts = this.#scanner.seriesTexts(number)
    const { callerAccount, ...fields } = this.#fields(SERIES_FIELDS, texts)
    const call = callOf({ ...fields, userIdentity: { accountId: callerAccount } })
    const fresh = call === null ? null : this.#numbered(call)
    this.#series[number] = fresh
    return fresh
  }

  /** The number of a pair whose records name no account; the file's then takes its place. */
  pairIn(call: ApiCall, account: string | null): number {
    return this.table.pair({ ...call, account: account ?? call.account }, call.errorCode)
  }

  /** The caller's number among the table's values. */
  caller(number: number): number {
    const known = this.#callers[number]
    if (known !== undefined) return known
    const userIdentity = this.#fields(CALLER_FIELDS, this.#scanner.callerTexts(number))
    const fresh = this.#valueOf(callOf({ ...NAMED, userIdentity })?.identity)
    this.#callers[number] = fresh
    return fresh
  }

  /** Likewise, of an agent. */
  agent(number: number): number {
    const known = this.#agents[number]
    if (known !== undefined) return known
    const userAgent = this.#scanner.value(number)
    const fresh = this.#valueOf(callOf({ ...NAMED, userAgent })?.userAgent)
    this.#agents[number] = fresh
    return fresh
  }

  /** Likewise, of a resource's ARN. */
  arn(number: number): number {
    const known = this.#arns[number]
    if (known !== undefined) return known
    const fresh = this.#valueOf(firstArn([{ ARN: this.#scanner.value(number) }]))
    this.#arns[number] = fresh
    return fresh
  }

  /** The number of the first ARN in some resources. */
  firstArn(resources: unknown): number {
    return this.#valueOf(firstArn(resources))
  }

  #fields(names: readonly string[], texts: Uint32Array): Record<string, unknown> {
    const fields: Record<string, unknown> = {}
    for (let at = 0; at < names.length; at++)
      fields[names[at] as string] = this.#valueAt(texts[at] as number)
    return fields
  }

  /** Series and callers have most texts in common. */
  #valueAt(number: number): unknown {
    const known = this.#texts[number]
    if (known !== undefined) return known
    const fresh = this.#scanner.value(number)
    this.#texts[number] = fresh
    return fresh
  }

  #numbered(call: ApiCall): SeriesNumber {
    const pair = this.table.pair(call, call.errorCode)
    return { call, pair, hasAccount: call.account !== 'unknown' }
  }

  #valueOf(text: string | null | undefined): number {
    return text === null || text === undefined ? NO_VALUE : this.table.value(text)
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
