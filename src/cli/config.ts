import type { Command } from 'commander'
import { stringify } from 'yaml'
import { Fault } from '../base/fault.ts'
import { SettingsSchema, settingsFrom } from '../base/settings.ts'
import { inspectSettings, readSettings } from '../source/settings-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption } from './options.ts'

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
    .addOption(jsonOption())
    .action(({ config: path, json }: Flags) => {
      const settings = path === undefined ? settingsFrom(null) : readSettings(path)
      out(json === true ? jsonText(settings) : stringify(settings))
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
