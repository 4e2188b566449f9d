import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { onlyTimes } from '../base/calendars/ics.ts'
import { Fault } from '../base/fault.ts'

/** Bytes of a calendar file at most. */
const MOST_BYTES = 2 ** 20

/**
 * Puts the times of the files that calendars of raw settings name beside their names (`ics`); files lie where the folder
 * says. Gives what is wrong with files, by its place in the settings.
 */
export function readCalendars(
  raw: unknown,
  folder: string,
): readonly { readonly path: string; readonly words: string }[] {
  const { calendars } = (raw ?? {}) as { calendars?: unknown }
  if (!Array.isArray(calendars)) return []
  return (calendars as unknown[]).flatMap((calendar, place) => {
    const named = calendar as { file?: unknown; ics?: string } | null
    if (typeof named?.file !== 'string') return []
    try {
      named.ics = calendarText(resolve(folder, named.file))
      return []
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return [{ path: `calendars.${place}.file`, words: `${named.file}: ${error.message}` }]
    }
  })
}

/**
 * The times of an iCalendar file as text, and nothing else of it. Throws `INPUT_NOT_FOUND`, or `SETTINGS_INVALID` with the
 * line of what is wrong.
 */
export function calendarText(path: string): string {
  let text: string
  try {
    const found = statSync(path)
    if (!found.isFile()) throw new Fault('SETTINGS_INVALID', 'it is no file: name an .ics file')
    if (found.size > MOST_BYTES) {
      throw new Fault('SETTINGS_INVALID', 'it is larger than 1 MiB: export fewer years of it')
    }
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const reason = (cause as Error).message
    throw new Fault('INPUT_NOT_FOUND', `cannot read the calendar (${reason})`, { cause })
  }
  return onlyTimes(text)
}
