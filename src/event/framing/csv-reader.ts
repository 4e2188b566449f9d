import { decode } from '../fields/text.ts'
import type { Intake } from '../intake.ts'
import { damaged } from '../stop-reading.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { HeldBytes } from './held-bytes.ts'

/**
 * Reads what the console's Event history downloads as CSV: a header, then an event a row, in any order of columns. A
 * row becomes the record it was made from, as far as it goes. The file is held whole.
 */
export class CsvReader {
  readonly #intake: Intake
  readonly #held: HeldBytes

  constructor(intake: Intake) {
    this.#intake = intake
    this.#held = new HeldBytes(intake.context.limits.wholeFileBytes)
  }

  /** Takes a chunk in. */
  push(chunk: Uint8Array): void {
    this.#held.append(chunk)
    if (this.#held.bytes === null)
      throw damaged('TOO_LARGE', `CSV may have ${this.#intake.context.limits.wholeFileBytes} bytes`)
  }

  /** Nothing follows: reads the rows. */
  end(): void {
    this.#intake.recognise()
    const rows = csvRows(decode(this.#held.bytes ?? NOTHING))
    const header = rows.next()
    if (header.done) return
    const fields = header.value.fields.map(fieldOf)
    let row = rows.next()
    for (; !row.done; row = rows.next()) this.#row(fields, row.value)
    if (row.value.isCutOff) throw damaged('CSV_CUT_OFF', 'the CSV ends inside a quoted field')
  }

  #row(fields: readonly (string | undefined)[], row: CsvRow): void {
    if (row.fields.length !== fields.length) this.#intake.reject('ROW_NOT_CSV', row.text)
    else this.#intake.value(recordOf(fields, row.fields), row.text)
  }
}

/** Whether a line is the header of a console CSV: it has a time, a source and a name. */
export function isConsoleHeader(line: string): boolean {
  const first = csvRows(line).next()
  if (first.done) return false
  const found = new Set(first.value.fields.map(fieldOf))
  return ['eventTime', 'eventSource', 'eventName'].every((field) => found.has(field))
}

/** The field of a record that each column of the console's CSV holds, by the letters of its title. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['username', 'userName'],
  ['eventtime', 'eventTime'],
  ['eventsource', 'eventSource'],
  ['eventname', 'eventName'],
  ['awsregion', 'awsRegion'],
  ['useragent', 'userAgent'],
  ['errorcode', 'errorCode'],
  ['eventid', 'eventID'],
  ['readonly', 'readOnly'],
  ['eventtype', 'eventType'],
  ['recipientaccountid', 'recipientAccountId'],
  ['eventcategory', 'eventCategory'],
])

function fieldOf(title: string): string | undefined {
  return FIELDS.get(title.toLowerCase().replace(/[^a-z]/g, ''))
}

function recordOf(fields: readonly (string | undefined)[], values: readonly string[]): unknown {
  const entries = fields.flatMap((field, at) => {
    const value = values[at] ?? ''
    return field === undefined || value === '' ? [] : [[field, value] as const]
  })
  const { userName, ...record } = Object.fromEntries(entries)
  return userName === undefined ? record : { ...record, userIdentity: { userName } }
}

const NOTHING = new Uint8Array(0)
