import { writeFileSync } from 'node:fs'
import { optionsOrUsage } from '../../command-line.ts'
import { lookOurs, type OurReports, reportOurs } from './entrants/ours.ts'
import { contestsOf, type Twins } from './measure/contest.ts'
import { noiseOf, weeksOf } from './measure/noise.ts'
import { offendersOf } from './measure/offenders.ts'
import { gather } from './measure/reported.ts'
import { type Options, optionsFrom, USAGE } from './options.ts'
import { asJson } from './report/as-json.ts'
import { noiseTable } from './report/noise-table.ts'
import { missedText, offendersText } from './report/offenders-text.ts'
import { recallTable } from './report/recall-table.ts'
import { runWithout } from './run-without.ts'
import { makeAccount } from './simulate/make-account.ts'

async function main(options: Options): Promise<void> {
  const { budgets, weeks } = options
  const clean = await lookAtAll(options, { attacked: false })
  const noises = new Map(
    budgets.map((budget) => [budget, noiseOf(clean.map((reports) => heardAt(reports, budget)))]),
  )
  process.stdout.write(noiseTable(noises))
  const attacked = options.attacks ? await lookAtAll(options, { attacked: true }) : []
  const contests = attacked.length === 0 ? null : contestsOf(twinsOf(clean, attacked), budgets)
  if (contests !== null) process.stdout.write(`\n${recallTable(contests)}`)
  const most = Math.max(...budgets)
  const offenders = offendersOf(clean.map((reports) => heardAt(reports, most)))
  if (options.offenders) {
    process.stdout.write(`\nwhat made the incidents of clean accounts, asked ${most}\n`)
    process.stdout.write(offendersText(offenders, clean.length * weeks))
    process.stdout.write(`\nattacks missed, asked ${most}\n${missedText(contests?.missed ?? [])}`)
  }
  if (options.json !== null) {
    writeFileSync(options.json, asJson({ options, noises, contests, offenders }))
  }
}

/** Makes all accounts and has the product look at them, telling how it goes. */
async function lookAtAll(
  { seeds, kinds, weeks, budgets }: Options,
  { attacked }: { readonly attacked: boolean },
): Promise<readonly OurReports[]> {
  const all: OurReports[] = []
  for (const seed of seeds) {
    for (const kind of kinds) {
      const begun = performance.now()
      const reports = await lookOurs(makeAccount({ seed, kind, weeks, attacked }), budgets)
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      const name = `${kind} ${seed}${attacked ? ', attacked' : ''}`
      process.stderr.write(`${name}: ${reports.work.series.length} APIs, ${seconds} s\n`)
      all.push(reports)
    }
  }
  return all
}

function heardAt(reports: OurReports, budget: number) {
  const { work } = reports
  return {
    work,
    kind: work.kind,
    fromWindow: work.fromWindow,
    weeks: weeksOf(work),
    incidents: gather(reportOurs(reports, budget)),
  }
}

function twinsOf(clean: readonly OurReports[], attacked: readonly OurReports[]): readonly Twins[] {
  return attacked.flatMap((each, at) => {
    const twin = clean[at]
    return twin === undefined ? [] : [{ clean: twin, attacked: each }]
  })
}

const options = optionsOrUsage(optionsFrom, USAGE)
if (options.without === null) await main(options)
else process.exitCode = await runWithout(options.without.ablation, options.without.args)
