import { Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { type Settings, settingsFrom } from '../base/settings.ts'
import { parseMoment } from '../base/times.ts'
import { readSettings } from '../source/settings-file.ts'
import type { Terminal } from './terminal.ts'

export const DEFAULT_STORE = 'offtrail.db'
export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'insights', 'ocsf'] as const
/** `html` is for what is a document by itself. */
export type Format = (typeof FORMATS)[number] | 'html'

/** The store of a command. */
export const storeOption = (): Option =>
  new Option('--store <file>', 'the store').default(DEFAULT_STORE)
/** The settings file of a command. */
export const configOption = (): Option =>
  new Option('-c, --config <file>', 'settings, YAML (see offtrail config print)')
export const quietOption = (): Option => new Option('-q, --quiet', 'no progress, no closing words')
export const outputOption = (): Option =>
  new Option('-o, --output <file>', 'write results there, whole or not at all')
export const jsonOption = (): Option =>
  new Option('--json', 'results as JSON (short for --format json)')
export const formatOption = (choices: readonly Format[] = FORMATS): Option =>
  new Option(
    '--format <form>',
    'table on a terminal, ndjson in a pipe, unless said otherwise',
  ).choices(choices)

export interface FormatChoice {
  readonly format?: Format
  readonly json?: boolean
}

/** The form results take: as asked, else a table for people and NDJSON for programs. */
export function formatOf(
  { format, json }: FormatChoice,
  terminal: Terminal,
  toFile: boolean,
): Format {
  if (json === true) return 'json'
  return format ?? (terminal.outIsTerminal && !toFile ? 'table' : 'ndjson')
}

/** Settings of `-c FILE`, or the defaults. */
export function settingsOf({ config }: { readonly config?: string }): Settings {
  return config === undefined ? settingsFrom(null) : readSettings(config)
}

/** A reader of moments for commander: `--from 30d`, `--as-of 2026-10-21T02:35:00Z`. */
export function momentOf(terminal: Terminal): (text: string) => number {
  return (text) => parseMoment(text, terminal.now())
}

/** Throws `USAGE` where `--from` and `--to` leave no time between them; either may be left out. */
export function refuseBackwards({
  from,
  to,
}: {
  readonly from?: number
  readonly to?: number
}): void {
  if (from !== undefined && to !== undefined && from >= to)
    throw new Fault('USAGE', '--from must lie before --to')
}

/** A reader of whole numbers in a range for commander. Throws `USAGE`. */
export function wholeNumber(
  name: string,
  range: { readonly min: number; readonly max: number },
): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value
    throw new Fault(
      'USAGE',
      `${name} takes a whole number from ${range.min} to ${range.max}, not '${text}'`,
    )
  }
}

/** A reader of numbers above 0 for commander. Throws `USAGE`. */
export function positiveNumber(name: string, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && value > 0 && value <= max) return value
    throw new Fault('USAGE', `${name} takes a number above 0, up to ${max}, not '${text}'`)
  }
}

/** Gathers a repeatable option. */
export function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** `ec2` is short for `ec2.amazonaws.com`. */
export const fullSource = (service: string): string =>
  service.includes('.') ? service : `${service}.amazonaws.com`
