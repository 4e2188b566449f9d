import { type Command, Option } from 'commander'
import type { Settings } from '../base/settings.ts'
import { insightView } from '../insight/view.ts'
import { skippedInHistory } from '../pipeline/tuning/silenced.ts'
import { readSettings } from '../source/settings-file.ts'
import { addImport } from './calendar-import.ts'
import { calendarHead, occurrencesOf, occurrenceTable, occurrenceView } from './calendar-words.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, momentOf, storeOption } from './options.ts'
import { silencedPart } from './silenced-part.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'

const DAY_MS = 86_400_000
/** Days listed before and after now, unless asked otherwise. */
const LISTED_DAYS = 28

interface Flags {
  readonly store: string
  readonly config?: string
  readonly json?: boolean
}

interface ListFlags extends Flags {
  readonly from?: number
  readonly to?: number
}

/** `offtrail calendar list|test|import`: when nothing is to be reported, or nothing learned. */
export function addCalendar(command: Command, { terminal }: House): void {
  command
    .command('list', { isDefault: true })
    .description('what takes place when, and what is skipped then')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(new Option('--from <moment>', '28 days ago').argParser(momentOf(terminal)))
    .addOption(new Option('--to <moment>', 'in 28 days').argParser(momentOf(terminal)))
    .addOption(jsonOption())
    .action((flags: ListFlags) => listTimes(flags, terminal))
  command
    .command('test')
    .description('what each calendar keeps back on the history of a store')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((flags: Flags) => testCalendars(flags, terminal))
  addImport(command, terminal)
}

async function listTimes(flags: ListFlags, terminal: Terminal): Promise<void> {
  const { calendars } = await settingsMeant(flags)
  const nowMs = terminal.now()
  const fromMs = flags.from ?? nowMs - LISTED_DAYS * DAY_MS
  const untilMs = flags.to ?? Math.max(nowMs, fromMs) + LISTED_DAYS * DAY_MS
  const times = occurrencesOf(calendars, { fromMs, untilMs })
  if (flags.json === true) return terminal.out(jsonText(times.map(occurrenceView)))
  if (calendars.length === 0) return terminal.out('There are no calendars in these settings.\n')
  terminal.out(occurrenceTable(times, terminal))
}

/** A settings file needs no store beside it. */
function settingsMeant(flags: Flags): Promise<Settings> {
  return flags.config === undefined
    ? withReader(flags.store, (store) => settingsFor(store, flags))
    : Promise.resolve(readSettings(flags.config))
}

async function testCalendars(flags: Flags, terminal: Terminal): Promise<void> {
  const { calendars, skipped } = await withReader(flags.store, (store) => {
    const settings = settingsFor(store, flags)
    return { calendars: settings.calendars, skipped: skippedInHistory(store, settings) }
  })
  if (flags.json === true) {
    const views = calendars.map(({ name }, at) => ({
      calendar: name,
      silenced: (skipped[at] ?? []).map(insightView),
    }))
    return terminal.out(jsonText(views))
  }
  if (calendars.length === 0) return terminal.out('There are no calendars in these settings.\n')
  const parts = calendars.map((calendar, at) =>
    silencedPart(calendarHead(calendar, at), skipped[at] ?? [], terminal),
  )
  terminal.out(parts.join('\n'))
}
