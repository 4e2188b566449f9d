import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { Fault } from '../base/fault.ts'
import { type Settings, settingsFrom, settingsProblems } from '../base/settings.ts'
import { readCalendars } from './calendar-files.ts'
import { readTemplates } from './template-files.ts'

/** One wrong place of a settings file. Lines count from 1. */
export interface SettingsProblem {
  readonly line: number
  readonly path: string
  readonly words: string
}

/** Settings read from a YAML file. Throws `INPUT_NOT_FOUND`, or `SETTINGS_INVALID` with the line of every problem. */
export function readSettings(path: string): Settings {
  const { raw, problems } = inspectSettings(path)
  if (problems.length === 0) return settingsFrom(raw)
  const places = problems.map(({ line, path: key, words }) => `line ${line}: ${key}: ${words}`)
  throw new Fault('SETTINGS_INVALID', `${path}: ${places.join('; ')}`)
}

/** What a settings file holds and every problem in it, syntax first. */
export function inspectSettings(path: string): {
  readonly raw: unknown
  readonly problems: readonly SettingsProblem[]
} {
  const lines = new LineCounter()
  const document = parseDocument(textOf(path), { lineCounter: lines })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      path: 'YAML',
      words: message.split('\n')[0] ?? message,
    }))
    return { raw: null, problems }
  }
  const raw: unknown = document.toJS()
  const missing = [...readCalendars(raw, dirname(path)), ...readTemplates(raw, dirname(path))]
  const wrong = missing.length > 0 ? [] : settingsProblems(raw)
  const problems = [...missing, ...wrong].map(({ path: key, words }) => ({
    line: lineOf(document.getIn(key === 'settings' ? [] : key.split('.'), true), lines),
    path: key,
    words,
  }))
  return { raw, problems }
}

/** The text of a settings file with some values put in, or taken out where they are undefined; its comments and everything else stay. A file that is not there yet is empty. */
export function settingsText(
  path: string,
  values: readonly (readonly [path: string, value: unknown])[],
): string {
  const document = parseDocument(existsSync(path) ? textOf(path) : '')
  const [problem] = document.errors
  if (problem !== undefined) {
    throw new Fault('SETTINGS_INVALID', `${path}: ${problem.message}: mend it first`)
  }
  for (const [key, value] of values) {
    const place = key.split('.')
    if (value === undefined) document.deleteIn(place)
    else document.setIn(place, document.createNode(value))
  }
  return document.toString()
}

function lineOf(node: unknown, lines: LineCounter): number {
  const { range } = (node ?? {}) as { range?: readonly number[] | null }
  return lines.linePos(range?.[0] ?? 0).line
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Fault(
      'INPUT_NOT_FOUND',
      `cannot read the settings file ${path}: ${(cause as Error).message}`,
      { cause },
    )
  }
}
