import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { labelFrom } from '../base/label.ts'
import { rfc3339 } from '../base/times.ts'
import { type KeptLabel, keptLabel, labelView } from '../insight/label.ts'
import { safe } from '../sink/safe.ts'
import { readLabels } from '../source/labels-file.ts'
import { editorOf } from '../store/sqlite/edit-store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { jsonOption, momentOf, storeOption } from './options.ts'
import { counted } from './progress.ts'
import { withReader } from './stores.ts'
import { cutAt, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly store: string
  readonly by: string
  readonly json?: boolean
}

interface AddFlags extends Flags {
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly title?: string
  readonly account?: string
  readonly region?: string
  readonly service?: string
  readonly api?: string
  readonly errorCode?: string
  readonly principal?: string
}

/** `offtrail label add|list|remove|import`: incidents you know of, kept in the store. */
export function addLabel(command: Command, { terminal }: House): void {
  addAdd(command, terminal)
  command
    .command('list', { isDefault: true })
    .description('the labels there are, oldest first')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(({ store: path, json }: Flags) => {
      const labels = withReader(path, (store) => store.labels())
      return labels.then((all) =>
        terminal.out(json === true ? jsonText(all.map(labelView)) : tableOf(all, terminal)),
      )
    })
  command
    .command('remove <id>')
    .description('take a label back; the first characters of its id are enough')
    .addOption(storeOption())
    .action(async (id: string, { store: path }: Flags) => {
      const label = findLabel(await withReader(path, (store) => store.labels()), id)
      editorOf(path).removeLabel(label.id)
      terminal.err(`The label ${label.id} is taken back.\n`)
    })
  command
    .command('import <file>')
    .description('keep the labels of a file (YAML, JSON or CSV); those that are known stay one')
    .addOption(storeOption())
    .addOption(byOption())
    .action(async (file: string, { store: path, by }: Flags) => {
      const atMs = terminal.now()
      const labels = (await readLabels(file)).map((label) => keptLabel(label, { by, atMs }))
      const known = await withReader(path, (store) => store.labels().map(({ id }) => id))
      editorOf(path).putLabels(labels)
      const added = new Set(labels.map(({ id }) => id).filter((id) => !known.includes(id)))
      terminal.err(`${counted(labels.length, 'label')} read, ${added.size} of them new.\n`)
    })
}

function addAdd(command: Command, terminal: Terminal): void {
  const moment = momentOf(terminal)
  command
    .command('add')
    .description('say that something happened; backtest and tune hold history against it')
    .addOption(storeOption())
    .requiredOption('--kind <word>', 'what it was; drop: fewer calls than usual, any other: more')
    .addOption(
      new Option('--from <moment>', 'its first call').argParser(moment).makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <moment>', 'just after its last').argParser(moment).makeOptionMandatory(),
    )
    .option('--title <text>', 'whatever helps whoever comes next')
    .option('--account <id>', 'in this account only')
    .option('--region <region>', 'in this Region only')
    .option('--service <name>', 'ec2, or ec2.amazonaws.com')
    .option('--api <name>', 'RunInstances')
    .option('--error-code <code>', 'calls that failed with it')
    .option('--principal <arn>', "the caller's ARN without session name")
    .addOption(byOption())
    .addOption(jsonOption())
    .action((flags: AddFlags) => {
      const label = keptLabel(labelOf(flags), { by: flags.by, atMs: terminal.now() })
      editorOf(flags.store).putLabels([label])
      terminal.out(flags.json === true ? jsonText(labelView(label)) : `${label.id}\n`)
    })
}

const byOption = (): Option => new Option('--by <name>', 'who says so').default('command line')

function labelOf({ service, api, from, to, ...written }: AddFlags) {
  const times = { startTime: rfc3339(from), endTime: rfc3339(to) }
  return labelFrom({ ...written, ...times, eventSource: service, eventName: api }, 'the label')
}

function findLabel(labels: readonly KeptLabel[], id: string): KeptLabel {
  const matches = labels.filter((label) => label.id.startsWith(id))
  const [only, ...others] = matches
  if (only === undefined) {
    throw new Fault('NOT_FOUND', `no label has the id ${id}: offtrail label list prints ids`)
  }
  if (others.length > 0) {
    throw new Fault('USAGE', `${matches.length} labels begin with ${id}: give more of the id`)
  }
  return only
}

function tableOf(labels: readonly KeptLabel[], terminal: Terminal): string {
  const rows = labels.map((label) => [
    ...[label.id.slice(0, 8), safe(label.kind), rfc3339(label.startMs), rfc3339(label.endMs)],
    safe(label.account ?? 'all'),
    safe([label.eventSource ?? '*', label.eventName ?? '*'].join(':')),
    ...[safe(label.by), safe(label.title)],
  ])
  const head = ['LABEL', 'KIND', 'FROM', 'TO', 'ACCOUNT', 'API', 'BY', 'TITLE']
  return textTable(head, rows, cutAt(terminal))
}
