/** A plain table: numbers to the right, two blanks between columns, lines cut to the width, if one is given. Cells must be safe already. */
export function textTable(
  titles: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  width: number | null,
): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => String(row[column] ?? '').length)),
  )
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, column) => {
        const room = widths[column] ?? 0
        return typeof cell === 'number' ? String(cell).padStart(room) : cell.padEnd(room)
      })
      .join('  ')
      .slice(0, width ?? undefined)
      .trimEnd()
  return `${[line(titles), ...rows.map(line)].join('\n')}\n`
}
