/** An iCalendar text of events, each a list of lines. */
export function icsOf(...events: readonly (readonly string[])[]): string {
  return icsWith([], ...events)
}

/** The same with lines before them: a zone, a description of one. */
export function icsWith(
  head: readonly string[],
  ...events: readonly (readonly string[])[]
): string {
  const bodies = events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...head, ...bodies, 'END:VCALENDAR', ''].join('\r\n')
}
