import { writeFileSync } from 'node:fs'
import { type OurScores, reportOurs, scoreOurs } from './entrants/ours.ts'
import { contestsOf, type Twins } from './measure/contest.ts'
import { noiseOf, weeksOf } from './measure/noise.ts'
import { offendersOf } from './measure/offenders.ts'
import { gather } from './measure/reported.ts'
import { type Options, optionsFrom, USAGE } from './options.ts'
import { asJson } from './report/as-json.ts'
import { noiseTable } from './report/noise-table.ts'
import { missedText, offendersText } from './report/offenders-text.ts'
import { recallTable } from './report/recall-table.ts'
import { makeAccount } from './simulate/make-account.ts'

function main(options: Options): void {
  const { budgets, weeks } = options
  const clean = scoreAll(options, { attacked: false })
  const noises = new Map(
    budgets.map((budget) => [budget, noiseOf(clean.map((scores) => heardAt(scores, budget)))]),
  )
  process.stdout.write(noiseTable(noises))
  const attacked = options.attacks ? scoreAll(options, { attacked: true }) : []
  const contests = attacked.length === 0 ? null : contestsOf(twinsOf(clean, attacked), budgets)
  if (contests !== null) process.stdout.write(`\n${recallTable(contests)}`)
  const most = Math.max(...budgets)
  const offenders = offendersOf(clean.map((scores) => heardAt(scores, most)))
  if (options.offenders) {
    process.stdout.write(`\nwhat made the incidents of clean accounts, asked ${most}\n`)
    process.stdout.write(offendersText(offenders, clean.length * weeks))
    process.stdout.write(`\nattacks missed, asked ${most}\n${missedText(contests?.missed ?? [])}`)
  }
  if (options.json !== null) {
    writeFileSync(options.json, asJson({ options, noises, contests, offenders }))
  }
}

/** Makes and scores all accounts, telling how it goes. */
function scoreAll(
  { seeds, kinds, weeks }: Options,
  { attacked }: { readonly attacked: boolean },
): readonly OurScores[] {
  return seeds.flatMap((seed) =>
    kinds.map((kind) => {
      const begun = performance.now()
      const scores = scoreOurs(makeAccount({ seed, kind, weeks, attacked }))
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      const name = `${kind} ${seed}${attacked ? ', attacked' : ''}`
      process.stderr.write(`${name}: ${scores.names.size} rates, ${seconds} s\n`)
      return scores
    }),
  )
}

function heardAt(scores: OurScores, budget: number) {
  const { work } = scores
  return {
    work,
    kind: work.kind,
    fromWindow: work.fromWindow,
    weeks: weeksOf(work),
    incidents: gather(reportOurs(scores, budget)),
  }
}

function twinsOf(clean: readonly OurScores[], attacked: readonly OurScores[]): readonly Twins[] {
  return attacked.flatMap((each, at) => {
    const twin = clean[at]
    return twin === undefined ? [] : [{ clean: twin, attacked: each }]
  })
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

const options = optionsOrUsage()
if (options !== null) main(options)
