/** One row: its fields, and its text as it stood. */
export interface CsvRow {
  readonly fields: readonly string[]
  readonly text: string
}

const ROW_END = /[\r\n]/
const FIELD_END = /[,\r\n]/g

/**
 * The rows of a CSV text by RFC 4180: fields in quotes may hold commas, new lines and doubled quotes; rows end in CRLF,
 * LF or CR; blank rows are none.
 * @returns at the end of the rows, whether the text ends inside quotes
 */
export function* csvRows(text: string): Generator<CsvRow, { readonly isCutOff: boolean }> {
  let at = 0
  while (at < text.length) {
    const row = rowAt(text, at)
    if (row === null) return { isCutOff: true }
    if (row.end > at) yield { fields: row.fields, text: text.slice(at, row.end) }
    at = row.end + 1
  }
  return { isCutOff: false }
}

function rowAt(text: string, from: number): { fields: string[]; end: number } | null {
  const fields: string[] = []
  let at = from
  for (;;) {
    const field = fieldAt(text, at)
    if (field === null) return null
    fields.push(field.value)
    if (field.end >= text.length || ROW_END.test(text.charAt(field.end)))
      return { fields, end: field.end }
    at = field.end + 1
  }
}

function fieldAt(text: string, from: number): { value: string; end: number } | null {
  let value = ''
  let at = from
  while (text[at] === '"') {
    const close = text.indexOf('"', at + 1)
    if (close < 0) return null
    // A quote that follows at once is one of the text.
    value += text.slice(at === from ? at + 1 : at, close)
    at = close + 1
  }
  FIELD_END.lastIndex = at
  const end = FIELD_END.exec(text)?.index ?? text.length
  return { value: value + text.slice(at, end), end }
}
