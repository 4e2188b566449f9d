import type { Entrant } from '../entrants/entrant.ts'
import { table } from '../report/table.ts'
import { readDataSets } from './data-set.ts'
import { nabScore, type ScoredRows } from './nab-score.ts'

/** Who is scored on these files unless others are asked for. */
export const NAB_ENTRANTS: readonly string[] = [
  'null',
  'random',
  'flat-poisson',
  'trailing-z',
  'holt-winters',
  'ours',
]

/** Scores entrants on the files of the Numenta Anomaly Benchmark that count something. */
export function runNab(entrants: readonly Entrant[]): string {
  const dataSets = readDataSets()
  const rows = entrants.map((entrant) => {
    const files = dataSets.map(({ work, bucketOfRow, windows }): ScoredRows => {
      const scores = entrant.look(work).scores[0]?.calls as Float64Array
      return { scores: Float64Array.from(bucketOfRow, (at) => scores[at] as number), windows }
    })
    return [entrant.name, nabScore(files), ...files.map((file) => nabScore([file]))] as const
  })
  return table([
    ['entrant', 'all', ...dataSets.map(({ name }) => name.replace('Twitter_volume_', ''))],
    ...rows.map(([name, ...scores]) => [name, ...scores.map((score) => score.toFixed(1))]),
  ])
}
