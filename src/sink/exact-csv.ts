/**
 * One row of CSV for programs, with its line feed: quoted by RFC 4180 and nothing else, so that text reads back as exactly
 * what it was. Unlike `csvRow` it leaves in what a spreadsheet would run as a formula and what could steer a terminal.
 */
export function exactCsvRow(values: readonly (string | number)[]): string {
  return `${values.map(exactCsvCell).join(',')}\n`
}

function exactCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
