import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import {
  INCIDENT_KINDS,
  type IncidentKind,
  largestSize,
  usualSizes,
} from '../pipeline/injection/incident.ts'
import { type InjectAsk, inject } from '../pipeline/injection/inject.ts'
import { writeAtomically } from '../sink/file.ts'
import type { House } from './house.ts'
import { apisMeant, type TargetFlags } from './inject-target.ts'
import { answerView, answerWords, injectCsv, listTable } from './inject-words.ts'
import { jsonText } from './json-text.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  gather,
  jsonOption,
  momentOf,
  outputOption,
  quietOption,
  storeOption,
  wholeNumber,
} from './options.ts'
import { progressOn } from './progress.ts'
import { settingsFor, withReader } from './stores.ts'
import { cutAt } from './terminal.ts'

interface Flags extends TargetFlags, FormatChoice {
  readonly store: string
  readonly config?: string
  readonly errorCode?: string
  readonly kind?: readonly IncidentKind[]
  readonly at?: readonly number[]
  readonly repeats: number
  readonly seed: number
  readonly sizes?: readonly number[]
  readonly output?: string
  readonly quiet?: boolean
}

/** `offtrail inject`: the smallest incident that would have been found, from made-up ones in real history. */
export function addInject(command: Command, { terminal }: House): void {
  const moment = momentOf(terminal)
  command
    .addOption(storeOption())
    .addOption(configOption())
    .option('--series <id>', 'an API by its id, of offtrail series list')
    .option('--api <name>', 'ec2:RunInstances; also one that was never called')
    .option('--service <name>', 'ec2 or ec2.amazonaws.com')
    .option('--account <id>', 'only this account')
    .option('--region <name>', 'only this Region')
    .addOption(
      new Option('--kind <kind>', `${INCIDENT_KINDS.join(', ')}; repeatable`).argParser(kindsOf),
    )
    .option('--error-code <code>', 'of planted errors, such as AccessDenied')
    .option('--sizes <list>', 'calls, calls an hour or per cent: 2,5,10', sizesOf)
    .addOption(
      new Option('--at <moment>', 'begin there (repeatable), not at drawn moments').argParser(
        (text: string, before: readonly number[] = []) => [...before, moment(text)],
      ),
    )
    .option(
      '--repeats <count>',
      'moments that are drawn',
      wholeNumber('--repeats', { min: 1, max: 1000 }),
      20,
    )
    .option(
      '--seed <number>',
      'draws other moments',
      wholeNumber('--seed', { min: 0, max: 2 ** 32 - 1 }),
      1,
    )
    .addOption(formatOption(['table', 'json', 'ndjson', 'csv']))
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(quietOption())
    .action((flags: Flags) => injectInto(flags, terminal))
}

async function injectInto(flags: Flags, terminal: House['terminal']): Promise<void> {
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const { text, isList } = await withReader(flags.store, (store) => {
    const { apis, isList } = apisMeant(store, flags)
    const settings = settingsFor(store, flags)
    const answers = [
      ...inject(store, settings, askOf(flags, apis, isList), ({ series, kind, size }) =>
        progress.show(() => `Planting into ${series.eventName}: ${kind}, ${size}`),
      ),
    ]
    const { windowMinutes } = settings
    const format = formatOf(flags, terminal, flags.output !== undefined)
    const views = answers.map((answer) => answerView(answer, flags.errorCode ?? null))
    if (format === 'json') return { isList, text: jsonText(views) }
    if (format === 'ndjson') {
      return { isList, text: views.map((view) => `${JSON.stringify(view)}\n`).join('') }
    }
    if (format === 'csv') return { isList, text: injectCsv(answers) }
    const words = { windowMinutes, errorCode: flags.errorCode ?? null, width: cutAt(terminal) }
    const table = isList ? listTable : answerWords
    return { isList, text: table(answers, words) }
  }).finally(progress.end)
  if (flags.output === undefined) terminal.out(text)
  else await writeAtomically(flags.output, text)
  if (flags.quiet !== true) terminal.err(closing(isList))
}

function askOf(
  { kind, errorCode, at = [], repeats, seed, sizes }: Flags,
  apis: InjectAsk['apis'],
  isList: boolean,
): InjectAsk {
  // Where nothing was ever called, nothing can drop.
  const drops = apis.some(({ calls }) => calls > 0) ? (['drop'] as const) : []
  const usual = isList ? (['burst'] as const) : (['burst', 'steady', 'ramp', ...drops] as const)
  const kinds = kind ?? (errorCode === undefined ? usual : [...usual, 'errors' as const])
  if (kinds.includes('errors') && errorCode === undefined) {
    throw new Fault('USAGE', 'say what planted errors are refused with: --error-code AccessDenied')
  }
  if (errorCode !== undefined && !kinds.includes('errors')) {
    throw new Fault('USAGE', '--error-code goes with --kind errors')
  }
  for (const each of kind ?? []) {
    const tooLarge = sizes?.find((size) => size > largestSize(each))
    if (tooLarge !== undefined) {
      throw new Fault(
        'USAGE',
        `--sizes of a ${each} are ${largestSize(each)} at most, not ${tooLarge}`,
      )
    }
  }
  const triedOf = (each: IncidentKind) => {
    const usualOnes = isList ? [] : usualSizes(each)
    // Per cent are not calls: where no kind is named, sizes are calls.
    return kind === undefined && each === 'drop' ? usualOnes : (sizes ?? usualOnes)
  }
  return { apis, kinds, sizesOf: triedOf, errorCode: errorCode ?? null, moments: at, repeats, seed }
}

function kindsOf(text: string, before: readonly string[] | undefined): readonly IncidentKind[] {
  return [...new Set(gather(text, before))].map((name) => {
    const kind = INCIDENT_KINDS.find((each) => each === name)
    if (kind !== undefined) return kind
    throw new Fault('USAGE', `--kind is one of ${INCIDENT_KINDS.join(', ')}, not '${name}'`)
  })
}

function sizesOf(text: string): readonly number[] {
  const size = wholeNumber('--sizes', { min: 1, max: largestSize('burst') })
  return [...new Set(text.split(',').map((each) => size(each.trim())))].sort((a, b) => a - b)
}

function closing(isList: boolean): string {
  const more = isList ? 'More about one: offtrail inject --api NAME.\n' : ''
  return `Judged by the API's own calls and errors: what sums over many APIs, first calls and callers would have told is left out. Nothing was written to the store.\n${more}`
}
