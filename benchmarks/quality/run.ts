import { writeFileSync } from 'node:fs'
import type { Entrant } from './entrants/entrant.ts'
import { ENTRANTS, VARIANTS } from './entrants/entrants.ts'
import { type Result, resultOf } from './measure/result.ts'
import { BUDGETS } from './measure/summary.ts'
import { tracksOf } from './measure/track.ts'
import { type Options, optionsFrom } from './options.ts'
import { mainTable } from './report/table.ts'
import { makeWork } from './scenario/make-work.ts'
import type { Work } from './scenario/work.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

function chosen({ entrants, ablations }: Options): readonly Entrant[] {
  const all = ablations ? [...ENTRANTS, ...VARIANTS] : ENTRANTS
  if (entrants === null) return all
  const known = [...ENTRANTS, ...VARIANTS]
  return entrants.map((name) => {
    const found = known.find((entrant) => entrant.name === name)
    if (found === undefined)
      throw new Error(`no entrant ${name}: ${known.map((each) => each.name)}`)
    return found
  })
}

function measure(entrant: Entrant, works: readonly Work[]): Result {
  const before = process.cpuUsage()
  const tracks = works.flatMap((work) => tracksOf(work, entrant.score(work)))
  const result = resultOf(entrant.name, tracks)
  say(`${entrant.name}: ${(process.cpuUsage(before).user / 1e6).toFixed(1)} s`)
  return result
}

const options = optionsFrom(process.argv.slice(2))
const works = options.seeds.map((seed) => makeWork({ seed, ...options.size }))
const results = chosen(options).map((entrant) => measure(entrant, works))

process.stdout.write(`seeds ${options.seeds}; ${results[0]?.curve.labels} labelled anomalies, `)
process.stdout.write(`${results[0]?.curve.seriesWeeks.toFixed(0)} series-weeks\n`)
process.stdout.write(`share of labels found at @f false events per series-week\n\n`)
process.stdout.write(mainTable(results))
if (options.json !== null) {
  const rows = results.map(({ judgement: _, curve, ...row }) => ({ ...row, ...curve }))
  writeFileSync(
    options.json,
    `${JSON.stringify({ seeds: options.seeds, budgets: BUDGETS, results: rows }, null, 2)}\n`,
  )
}
