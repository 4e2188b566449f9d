import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { optionsOrUsage } from '../command-line.ts'
import type { Entrant } from './entrants/entrant.ts'
import { chosenFrom } from './entrants/entrants.ts'
import { type Bands, NO_BANDS, together } from './measure/bands.ts'
import { type Result, resultOf } from './measure/result.ts'
import { BUDGETS } from './measure/summary.ts'
import { type Track, tracksOf } from './measure/track.ts'
import { NAB_ENTRANTS, runNab } from './nab/run-nab.ts'
import { type Options, optionsFrom, USAGE } from './options.ts'
import { ablationTable } from './report/ablation-table.ts'
import { writeCsv } from './report/csv.ts'
import { detailsOf, promisesOf } from './report/details.ts'
import { precisionRecallSvg } from './report/figure.ts'
import { mainTable } from './report/table.ts'
import { makeWork } from './scenario/make-work.ts'
import type { Work } from './scenario/work.ts'

/** One entrant's scores, kept as tracks, and how well they did. */
interface Run {
  readonly entrant: Entrant
  readonly tracks: readonly Track[]
  readonly result: Result
  readonly bands: Bands
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)

function run(entrant: Entrant, works: readonly Work[]): Run {
  const before = process.cpuUsage()
  const looks = works.map((work) => ({ work, looked: entrant.look(work) }))
  const tracks = looks.flatMap(({ work, looked }) => tracksOf(work, looked.scores))
  const bands = together(looks.map(({ looked }) => looked.bands ?? NO_BANDS))
  const result = resultOf(entrant.name, tracks)
  say(`${entrant.name}: ${(process.cpuUsage(before).user / 1e6).toFixed(1)} s`)
  return { entrant, tracks, result, bands }
}

function report({ seeds, ablations }: Options, runs: readonly Run[]): string {
  const results = runs.map(({ result }) => result)
  const { labels = 0, seriesWeeks = 0 } = results[0]?.curve ?? {}
  const works = `seeds ${seeds}: ${labels} labelled anomalies, ${seriesWeeks.toFixed(0)} series-weeks;`
  if (ablations) return `${works}\n\n${ablationTable(runs)}`
  const detailed = runs.filter(({ entrant }) => entrant.promises || entrant.name === 'oracle')
  return [
    `${works} share of labels found at @f false events per series-week\n\n`,
    mainTable(results),
    ...detailed.map(({ result, tracks }) => detailsOf(result, tracks)),
    ...runs
      .filter(({ entrant }) => entrant.promises)
      .map(({ result, tracks }) => promisesOf(result.name, tracks)),
  ].join('')
}

function writeFiles({ seeds, json, figure }: Options, runs: readonly Run[]): void {
  const results = runs.map(({ result }) => result)
  if (json !== null) {
    const rows = results.map(({ judgement: _, curve, ...row }) => ({ ...row, ...curve }))
    writeFileSync(json, `${JSON.stringify({ seeds, budgets: BUDGETS, results: rows }, null, 2)}\n`)
  }
  if (figure !== null) {
    writeFileSync(figure, precisionRecallSvg(results, `Simulated counts, seeds ${seeds}`))
  }
}

async function simulate(options: Options): Promise<void> {
  const works = options.seeds.map((seed) => makeWork({ seed, ...options.size }))
  const runs = (await chosenFrom(options)).map((entrant) => run(entrant, works))
  process.stdout.write(report(options, runs))
  writeFiles(options, runs)
}

function writeWorks({ seeds, size }: Options, folder: string): void {
  for (const seed of seeds) writeCsv(makeWork({ seed, ...size }), join(folder, `seed-${seed}`))
}

const options = optionsOrUsage(optionsFrom, USAGE)
if (options.csv !== null) writeWorks(options, options.csv)
else if (!options.nab) await simulate(options)
else {
  const entrants = await chosenFrom({ ...options, entrants: options.entrants ?? NAB_ENTRANTS })
  process.stdout.write(`NAB, standard profile; all files at one threshold, and each at its own\n\n`)
  process.stdout.write(runNab(entrants))
}
