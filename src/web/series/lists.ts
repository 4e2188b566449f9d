import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import { severityMark } from '../incidents/incident-list.ts'
import { overlap, type Span } from '../lanes/lanes.ts'
import type { Context } from '../shell/pane.ts'
import { lengthOf, type Times } from '../state/times.ts'
import { counted, numberText } from '../state/words.ts'
import { BAND_WORDS } from './bands.ts'
import { swatch } from './hatch.ts'
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

const MOST_BANDS = 50

/** What the shades of the chart are, in words; nothing where there are none. */
export function bandsTable({ bands, bandsLeftOut, span }: Seen, { times }: Context) {
  const here = bands.filter((band) => overlap(band, span))
  if (here.length === 0) return null
  const rows = here
    .slice(0, MOST_BANDS)
    .map(({ kind, title, reason, fromMs, untilMs }) => [
      element('span', { class: 'shade' }, swatch(kind), BAND_WORDS[kind]),
      whenText({ fromMs, untilMs }, times),
      `${title}: ${reason}`,
    ])
  const others = here.length - rows.length + bandsLeftOut
  const heads = [{ head: 'What' }, { head: 'When' }, { head: 'Why' }]
  return element(
    'section',
    {},
    element('h2', {}, 'Excluded times and gaps'),
    table('Excluded times and gaps', heads, rows),
    others > 0 && element('p', { class: 'quiet' }, `and ${counted(others, 'other')}`),
  )
}

function whenText({ fromMs, untilMs }: Span, times: Times): string {
  const [isBegun, isEnded] = [Number.isFinite(fromMs), Number.isFinite(untilMs)]
  if (isBegun && isEnded) return `${times.moment(fromMs)}, ${lengthOf(untilMs - fromMs)}`
  if (isBegun) return `from ${times.moment(fromMs)} on`
  return isEnded ? `until ${times.moment(untilMs)}` : 'always'
}

/** The chart's numbers, for those who do not see it: points with calls only. */
export function pointsTable(seen: Seen, context: Context, isOpen: boolean): HTMLElement {
  const place = element('div')
  const made = element('details', { open: isOpen }, summary(), place)
  const fill = () => place.replaceChildren(...numbersOf(seen, context))
  if (isOpen) fill()
  else made.addEventListener('toggle', fill, { once: true })
  return made
}

const summary = (): HTMLElement =>
  element('summary', { 'data-key': 'numbers' }, 'The numbers as a table')

function numbersOf({ points, period, before }: Seen, { times }: Context): readonly HTMLElement[] {
  const busy = points.filter(({ count }) => count > 0)
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '—' : numberText(value)
  const rows = busy.slice(-MOST_ROWS).map((point) => {
    const atMs = Date.parse(point.time)
    const { count, expected, low, high } = point
    const values = [count, expected, low, high, ...(before === null ? [] : [before.get(atMs)])]
    return [times.moment(atMs), ...values.map(text)]
  })
  const names = ['Calls', 'Expected', 'Low', 'High', ...(before === null ? [] : ['A week before'])]
  const heads = names.map((head) => ({ head, isNumber: true }))
  const note = busy.length > MOST_ROWS ? `, the last ${MOST_ROWS}` : ''
  const caption = `Points of ${period / 60} min with calls${note}`
  return [
    element('p', { class: 'quiet' }, caption),
    table(caption, [{ head: `Time (${times.zone})` }, ...heads], rows),
  ]
}
