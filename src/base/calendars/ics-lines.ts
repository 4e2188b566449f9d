import { Fault } from '../fault.ts'

/** A line of a calendar file, unfolded, with the number (from 1) of its first. */
interface Line {
  readonly number: number
  readonly text: string
}

/**
 * Checks the lines of an iCalendar text and the nesting of what they begin and end; gives the line of each event, in order.
 * Throws `SETTINGS_INVALID` naming the line.
 */
export function eventLines(text: string): readonly number[] {
  const lines = unfolded(text)
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[0]?.text ?? '')) {
    throw invalid(1, 'an iCalendar file begins with BEGIN:VCALENDAR; export the calendar as .ics')
  }
  const open: Open[] = []
  const events: number[] = []
  for (const { number, text: line } of lines) {
    const [, name = '', value] = /^([A-Za-z0-9-]+)[;:](.*)$/s.exec(line) ?? []
    if (value === undefined) {
      throw invalid(number, `NAME:VALUE was expected, not '${line.slice(0, 60)}'`)
    }
    nest(open, { verb: name.toUpperCase(), name: value.trim().toUpperCase(), number })
    if (/^BEGIN:VEVENT\s*$/i.test(line)) events.push(number)
  }
  const left = open.at(-1)
  if (left === undefined) return events
  throw invalid(left.number, `BEGIN:${left.name} has no END; the file may have been cut off`)
}

/** A component that was begun, and its line. */
interface Open {
  readonly name: string
  readonly number: number
}

function nest(open: Open[], { verb, name, number }: Open & { readonly verb: string }): void {
  if (verb === 'BEGIN') open.push({ name, number })
  if (verb !== 'END' || open.pop()?.name === name) return
  throw invalid(number, `END:${name} ends nothing that is open`)
}

function unfolded(text: string): readonly Line[] {
  const lines: Line[] = []
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const last = lines.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) {
      lines[lines.length - 1] = { ...last, text: last.text + line.slice(1) }
    } else if (line.trim() !== '') lines.push({ number: at + 1, text: line })
  }
  return lines
}

/** What is wrong with a calendar, and where. */
export function invalid(line: number, words: string): Fault {
  return new Fault('SETTINGS_INVALID', `line ${line}: ${words}`)
}
