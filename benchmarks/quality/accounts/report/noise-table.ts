import type { Noise, Rate } from '../measure/noise.ts'
import { table } from './table.ts'

/** Noise by the budget asked for. */
export type NoiseByBudget = ReadonlyMap<number, Noise>

/** Incidents per account-week of clean accounts: one row per kind, age and purse, one column per budget. */
export function noiseTable(noises: NoiseByBudget): string {
  const [first] = noises.values()
  if (first === undefined) return ''
  const row = (name: string, rateIn: (noise: Noise) => Rate | undefined): readonly string[] => [
    name,
    ...[...noises.values()].map((noise) => rateText(rateIn(noise))),
  ]
  return table([
    ['clean accounts: incidents a week', ...[...noises.keys()].map((budget) => `asked ${budget}`)],
    row('all', ({ pooled }) => pooled),
    ...[...first.byKind.keys()].map((kind) => row(`  ${kind}`, ({ byKind }) => byKind.get(kind))),
    ...[...first.byAge.keys()].map((age) => row(`  ${age}`, ({ byAge }) => byAge.get(age))),
    ...[...first.byPurse.keys()].map((purse) =>
      row(`  of ${purse}`, ({ byPurse }) => byPurse.get(purse)),
    ),
  ])
}

function rateText(rate: Rate | undefined): string {
  if (rate === undefined || rate.weeks === 0) return '-'
  return `${rate.perWeek.toFixed(2)} (${rate.low.toFixed(2)}-${rate.high.toFixed(2)})`
}
