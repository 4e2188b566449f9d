import { basename, dirname, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { stringify } from 'yaml'
import type { Calendar } from '../base/calendars.ts'
import { Fault } from '../base/fault.ts'
import { settingsFrom } from '../base/settings.ts'
import { writeAtomically } from '../sink/file.ts'
import { calendarText } from '../source/calendar-files.ts'
import { inspectSettings, settingsText } from '../source/settings-file.ts'
import { gather } from './options.ts'
import { counted } from './progress.ts'
import type { Terminal } from './terminal.ts'

interface ImportFlags {
  readonly name: string
  readonly skip: readonly string[]
  readonly api?: string
  readonly account?: string
  readonly region?: string
  readonly zone?: string
  readonly reason?: string
  readonly write?: string
}

/** `offtrail calendar import`: an entry for the settings out of a calendar file. */
export function addImport(command: Command, terminal: Terminal): void {
  command
    .command('import')
    .argument('<file>', 'an iCalendar file (.ics)')
    .description('an entry for the settings out of a calendar file')
    .requiredOption('--name <name>', 'what it is called')
    .addOption(
      new Option('--skip <what>', 'result: not reported; learning: not learned from; repeatable')
        .makeOptionMandatory()
        .argParser(gather),
    )
    .option('--api <pattern>', 'service:Action, with * and ?: ec2:Describe*')
    .option('--account <id>', 'of this account only')
    .option('--region <region>', 'of this Region only')
    .option('--zone <zone>', 'IANA time zone of times that name none')
    .option('--reason <text>', 'why, for whoever comes next')
    .option('--write <file>', 'put it into this settings file; otherwise it is printed')
    .action((file: string, flags: ImportFlags) => importFile(file, flags, terminal))
}

async function importFile(file: string, flags: ImportFlags, terminal: Terminal): Promise<void> {
  const { write, reason = `imported from ${basename(file)}`, ...rest } = flags
  const ics = textOf(file)
  const folder = write === undefined ? terminal.cwd : dirname(resolve(write))
  const { name, skip, ...scope } = rest
  const entry = { name, file: relative(folder, resolve(file)), skip, ...scope, reason } as Calendar
  const before = write === undefined ? [] : calendarsIn(write)
  settingsFrom({ calendars: [...before, { ...entry, ics }] })
  const events = counted((ics.match(/^BEGIN:VEVENT/gm) ?? []).length, 'event')
  if (write === undefined) {
    terminal.out(stringify({ calendars: [entry] }))
    return terminal.err(`Read ${events}. Put this into your settings, or say --write FILE.\n`)
  }
  // A list that is there keeps its comments.
  const value = before.length === 0 ? [entry] : entry
  const path = before.length === 0 ? 'calendars' : `calendars.${before.length}`
  await writeAtomically(write, settingsText(write, [[path, value]]))
  terminal.err(
    `Calendar ${entry.name} (${events}) is in ${write}. See when it takes place: offtrail calendar list -c ${write}\n`,
  )
}

function textOf(file: string): string {
  try {
    return calendarText(resolve(file))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault(error.code, `${file}: ${error.message}`, { cause: error })
  }
}

/** The calendars of a file; none where there is no file yet. Throws `SETTINGS_INVALID` where something else stands there. */
function calendarsIn(path: string): readonly Calendar[] {
  try {
    const { raw, problems } = inspectSettings(path)
    const [problem] = problems
    if (problem !== undefined) {
      const words = `${path}:${problem.line}: ${problem.path}: ${problem.words}`
      throw new Fault('SETTINGS_INVALID', `${words}: mend it first`)
    }
    return settingsFrom(raw).calendars
  } catch (error) {
    if (error instanceof Fault && error.code === 'INPUT_NOT_FOUND') return []
    throw error
  }
}
