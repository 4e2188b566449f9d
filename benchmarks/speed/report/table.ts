/** What is printed: the first column is words, the others are figures. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A Markdown table whose columns stand under each other, too. */
export function textTable({ columns, rows }: Table): string {
  const widths = columns.map((column, at) =>
    Math.max(3, column.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths
      .map((width, at) => {
        const cell = cells[at] ?? ''
        return at === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join(' | ')} |\n`
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return line(columns) + line(rule) + rows.map(line).join('')
}

/** A figure with three digits that count; a dash where there is none. */
export function figure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-'
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return Number(value.toPrecision(3)).toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** Rates in thousands and millions. */
export function rate(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-'
  if (value >= 1e6) return `${figure(value / 1e6)} M`
  return value >= 1e3 ? `${figure(value / 1e3)} k` : figure(value)
}
