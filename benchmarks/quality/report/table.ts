import type { Result } from '../measure/result.ts'
import { BUDGETS } from '../measure/summary.ts'

/** Lines up cells; the first column to the left, all others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

const share = (value: number): string => value.toFixed(2)

/** One line per entrant. */
export function mainTable(results: readonly Result[]): string {
  return table([
    ['entrant', 'AUPRC', ...BUDGETS.map((budget) => `@${budget}`), 'delay h', 'hourly', '5-min'],
    ...results.map((result) => [
      result.name,
      result.area.toFixed(3),
      ...result.pod.map(share),
      result.medianDelayHours?.toFixed(1) ?? '-',
      result.areaHourly.toFixed(3),
      result.areaFine.toFixed(3),
    ]),
  ])
}
