import { countsFault, shown } from './counts-fault.ts'
import { textOf } from './file-text.ts'
import { type OnRow, RowReader } from './row-reader.ts'

/** The columns a file is read for, by name; an optional one that is missing is empty in every row. */
export interface Columns {
  readonly needed: readonly string[]
  readonly optional?: readonly string[]
}

/**
 * Reads a CSV file in pieces: columns by the names of its header, in any order; others are passed over. `onRow` gets the
 * values of the needed columns, then those of the optional ones. Answers how many rows there were. `onRows` hears now and
 * then how many there are so far.
 */
export async function readCsvFile(
  path: string,
  columns: Columns,
  onRow: OnRow,
  onRows: (rows: number) => void = () => {},
): Promise<number> {
  let places: readonly number[] | undefined
  let width = 0
  let rows = 0
  const reader = new RowReader(path, (fields, line) => {
    if (places === undefined) {
      places = placesOf(columns, fields, { path, line })
      width = fields.length
      return
    }
    if (fields.length !== width) throw countsFault({ path, line }, widthWords(fields.length, width))
    rows += 1
    onRow(
      places.map((place) => fields[place] ?? ''),
      line,
    )
  })
  for await (const text of textOf(path, (words) =>
    countsFault({ path, line: reader.line }, words),
  )) {
    reader.push(text)
    onRows(rows)
  }
  reader.end()
  if (places === undefined) placesOf(columns, [], { path, line: 1 })
  return rows
}

/** Where in a row each column stands; -1 where an optional one does not. */
function placesOf(
  { needed, optional = [] }: Columns,
  header: readonly string[],
  place: { readonly path: string; readonly line: number },
): readonly number[] {
  const missing = needed.filter((name) => !header.includes(name))
  if (missing.length > 0) {
    const are = header.length === 0 ? 'nothing' : header.map(shown).join(', ')
    throw countsFault(
      place,
      `the header lacks ${missing.join(', ')}: there is ${are}; write ${needed.join(',')}`,
    )
  }
  const names = [...needed, ...optional]
  const twice = names.find((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (twice !== undefined)
    throw countsFault(place, `the header has the column ${twice} twice: keep one of them`)
  return names.map((name) => header.indexOf(name))
}

function widthWords(width: number, expected: number): string {
  return `this row has ${width} fields, the header has ${expected}: quote values that hold commas`
}
