import { type Command, Option } from 'commander'
import { stringify } from 'yaml'
import type { Calendar } from '../base/calendars.ts'
import { Fault } from '../base/fault.ts'
import { type Settings, SettingsSchema, settingsFrom } from '../base/settings.ts'
import type { SinkSettings } from '../base/sinks.ts'
import { type Effective, effectiveFor } from '../pipeline/effective.ts'
import { inspectSettings, readSettings } from '../source/settings-file.ts'
import { seriesMeant } from './explain.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, storeOption } from './options.ts'
import { withReader } from './stores.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly config?: string
  readonly json?: boolean
}

/** `offtrail config print|validate|schema`. */
export function addConfig(config: Command, house: House): void {
  const { out } = house.terminal
  config
    .command('print', { isDefault: true })
    .description('the settings in force: the file, and defaults for the rest')
    .addOption(configOption())
    .addOption(storeOption())
    .option('--series <id>', 'what decides about this series (of --store), and which rule set it')
    .option('--error-code <code>', 'with --series: about this error code')
    .addOption(
      new Option('--direction <direction>').choices(['up', 'down']).default('up').hideHelp(),
    )
    .addOption(jsonOption())
    .action(async ({ config: path, json, ...asked }: PrintFlags) => {
      const settings = path === undefined ? settingsFrom(null) : readSettings(path)
      if (asked.series !== undefined) {
        const values = await effectiveOf(settings, { ...asked, series: asked.series })
        return out(json === true ? jsonText(values) : effectiveTable(values))
      }
      const calendars = settings.calendars.map(withoutText)
      const shown = { ...settings, calendars, sinks: settings.sinks.map(withoutTemplate) }
      return out(json === true ? jsonText(shown) : stringify(shown))
    })
  config
    .command('validate')
    .argument('[file]', 'the same as --config')
    .description('every problem of a settings file with its line; exit code 2 where there is one')
    .addOption(configOption())
    .addOption(jsonOption())
    .action((file: string | undefined, { config: path, json }: Flags) =>
      validate(path ?? file, json === true, house),
    )
  config
    .command('schema')
    .description('JSON Schema of the settings file, for editors')
    .action(() => out(jsonText(SettingsSchema)))
}

/** A calendar as it stands in the settings: what its file holds stays there. */
function withoutText({ ics, ...calendar }: Calendar): Calendar {
  return ics === undefined || calendar.file !== undefined ? calendar : { ...calendar, ics }
}

/** A sink as it stands in the settings: what its template's file holds stays there. */
function withoutTemplate(sink: SinkSettings): SinkSettings {
  if (!('templateFile' in sink)) return sink
  const { template: _, ...named } = sink
  return named
}

interface PrintFlags extends Flags {
  readonly store: string
  readonly series?: string
  readonly errorCode?: string
  readonly direction: 'up' | 'down'
}

function effectiveOf(
  settings: Settings,
  { store: path, series: id, errorCode, direction }: PrintFlags & { readonly series: string },
): Promise<readonly Effective[]> {
  return withReader(path, (store) => {
    const series = seriesMeant(store, { series: id })
    return effectiveFor(settings, { series, errorCode: errorCode ?? null, direction })
  })
}

function effectiveTable(values: readonly Effective[]): string {
  const rows = values.map(({ path, value, from }) => [path, value, from])
  return textTable(['SETTING', 'VALUE', 'FROM'], rows, null)
}

function validate(path: string | undefined, asJson: boolean, { terminal, exitWith }: House): void {
  if (path === undefined)
    throw new Fault('USAGE', 'name the file to check: offtrail config validate offtrail.yaml')
  const { problems } = inspectSettings(path)
  if (asJson) terminal.out(jsonText({ valid: problems.length === 0, problems }))
  else if (problems.length === 0) terminal.out(`${path} is valid.\n`)
  else
    for (const { line, path: key, words } of problems)
      terminal.out(`${path}:${line}: ${key}: ${words}\n`)
  if (problems.length > 0) exitWith(2)
}
