import { type CalendarEvent, endOf, momentOf, type Once, type Stamp } from './calendar-event.ts'
import { timesOf } from './repeat-rule.ts'

/** One time that something takes place, epoch milliseconds: `[fromMs, untilMs)`. */
export interface Occurrence {
  readonly fromMs: number
  readonly untilMs: number
  readonly title: string
}

/** A span of time, epoch milliseconds: `[fromMs, untilMs)`. */
export interface TimeSpan {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * Every time that events take place in a span, even partly, in order. Rules without an end are followed as far as the span.
 * Throws RangeError where a rule would be followed for too long.
 */
export function occurrencesIn(
  events: readonly CalendarEvent[],
  span: TimeSpan,
): readonly Occurrence[] {
  return events
    .flatMap((event) => [...timesOfEvent(event, span)])
    .sort((one, other) => one.fromMs - other.fromMs || one.untilMs - other.untilMs)
}

function* timesOfEvent(event: CalendarEvent, span: TimeSpan): Generator<Occurrence> {
  const known = new Set<number>()
  const isExcept = exceptionsOf(event)
  for (const once of eachOnce(event, span)) {
    const fromMs = momentOf(once.start)
    const untilMs = endOf(once)
    if (fromMs >= span.untilMs || untilMs <= span.fromMs || untilMs <= fromMs) continue
    if (known.has(fromMs) || isExcept(once.start)) continue
    known.add(fromMs)
    yield { fromMs, untilMs, title: event.title }
  }
}

function* eachOnce(event: CalendarEvent, { untilMs }: TimeSpan): Generator<Once> {
  const { start, lasts, repeats, also } = event
  if (repeats === null) yield event
  else {
    for (const each of timesOf(repeats, start, (atMs) => atMs >= untilMs)) {
      yield { start: each, lasts }
    }
  }
  yield* also
}

/** Whether a start is excepted: by its moment, or by its whole day. */
function exceptionsOf({ except }: CalendarEvent): (start: Stamp) => boolean {
  const moments = new Set(except.filter(({ isDate }) => !isDate).map(momentOf))
  const days = new Set(except.filter(({ isDate }) => isDate).map(({ clockMs }) => clockMs))
  return (start) =>
    moments.has(momentOf(start)) || days.has(start.clockMs - (start.clockMs % 86_400_000))
}
