import { type OurScores, reportOurs, scoreOurs } from './entrants/ours.ts'
import { noiseOf, weeksOf } from './measure/noise.ts'
import { offendersOf } from './measure/offenders.ts'
import { gather, type ReportedIncident } from './measure/reported.ts'
import { type Options, optionsFrom, USAGE } from './options.ts'
import { noiseTable } from './report/noise-table.ts'
import { makeAccount } from './simulate/make-account.ts'

function main(): void {
  const options = optionsOrUsage()
  if (options === null) return
  const clean = scoreAll(options)
  const noises = new Map(
    options.budgets.map((budget) => [
      budget,
      noiseOf(clean.map((scores) => heardAt(scores, budget))),
    ]),
  )
  process.stdout.write(noiseTable(noises))
  if (options.offenders) tellOffenders(clean, Math.max(...options.budgets))
}

function optionsOrUsage(): Options | null {
  try {
    return optionsFrom(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exitCode = 2
    return null
  }
}

function scoreAll({ seeds, kinds, weeks }: Options): readonly OurScores[] {
  return seeds.flatMap((seed) =>
    kinds.map((kind) => {
      const begun = performance.now()
      const scores = scoreOurs(makeAccount({ seed, kind, weeks }))
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      process.stderr.write(`${kind} ${seed}: ${scores.names.size} rates, ${seconds} s\n`)
      return scores
    }),
  )
}

function heardAt(scores: OurScores, budget: number) {
  const { work } = scores
  const incidents: readonly ReportedIncident[] = gather(reportOurs(scores, budget))
  return { work, kind: work.kind, weeks: weeksOf(work), incidents }
}

function tellOffenders(clean: readonly OurScores[], budget: number): void {
  const heard = clean.map((scores) => heardAt(scores, budget))
  const weeks = heard.reduce((sum, each) => sum + each.weeks, 0)
  process.stdout.write(`\nwhat made them, asked ${budget}\n`)
  for (const { what, incidents, examples } of offendersOf(heard)) {
    process.stdout.write(`${(incidents / weeks).toFixed(2)} a week  ${what}\n`)
    for (const example of examples) process.stdout.write(`    ${example}\n`)
  }
}

main()
