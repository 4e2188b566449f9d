import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import { severityMark } from '../incidents/incident-list.ts'
import type { Context } from '../shell/pane.ts'
import { numberText } from '../state/words.ts'
import type { Seen } from './load.ts'

const MOST_ROWS = 300

/** What was raised about a series in a span. */
export function insightsTable({ insights }: Seen, { times, link }: Context): HTMLElement {
  const rows = insights.map((insight) => [
    severityMark(insight.severity),
    element(
      'a',
      {
        class: 'when',
        href: link({ pane: 'insight', insight: insight.id, incident: insight.incident || null }),
      },
      times.moment(Date.parse(insight.startTime)),
    ),
    `${insight.errorCode === null ? '' : `${insight.errorCode}: `}${insight.explanation}`,
  ])
  const heads = [{ head: 'Severity' }, { head: 'Start' }, { head: 'What' }]
  return element(
    'section',
    {},
    element('h2', {}, 'Insights here'),
    rows.length === 0 ? element('p', { class: 'quiet' }, 'None.') : table('Insights', heads, rows),
  )
}

/** The chart's numbers, for those who do not see it: points with calls only. */
export function pointsTable({ points, period }: Seen, { times }: Context): HTMLElement {
  const place = element('div')
  const made = element('details', {}, element('summary', {}, 'The numbers as a table'), place)
  made.addEventListener(
    'toggle',
    () => {
      const busy = points.filter(({ count }) => count > 0)
      const rows = busy
        .slice(-MOST_ROWS)
        .map((point) => [
          times.moment(Date.parse(point.time)),
          ...[point.count, point.expected, point.low, point.high].map((value) =>
            value === null ? '—' : numberText(value),
          ),
        ])
      const heads = ['Calls', 'Expected', 'Low', 'High'].map((head) => ({ head, isNumber: true }))
      const note = busy.length > MOST_ROWS ? `, the last ${MOST_ROWS}` : ''
      const caption = `Points of ${period / 60} min with calls${note}`
      place.replaceChildren(
        element('p', { class: 'quiet' }, caption),
        table(caption, [{ head: `Time (${times.zone})` }, ...heads], rows),
      )
    },
    { once: true },
  )
  return made
}
