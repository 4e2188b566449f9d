import type { Incident } from '../api/answers.ts'
import { button, type Content, element } from '../dom/element.ts'
import { makeStop, rove } from '../dom/roving.ts'
import type { Context } from '../shell/pane.ts'
import { levelOf } from '../state/severity.ts'
import { lengthOf } from '../state/times.ts'
import { counted, shortApi, shortPrincipal } from '../state/words.ts'

const ROWS = 200
const MOST_APIS = 3
const HEADS = ['Severity', 'When', 'What', 'Caller', 'Account']

/** Incidents as a table, newest first, at least so many rows of it. Arrow keys go from one to the next, Enter opens one. */
export function incidentList(
  incidents: readonly Incident[],
  context: Context,
  least = 0,
): readonly Content[] {
  const heading = element('h2', {}, counted(incidents.length, 'incident'))
  if (incidents.length === 0) {
    return [heading, element('p', { class: 'quiet' }, 'Nothing left its normal range here.')]
  }
  const body = element('tbody')
  rove(body, 'a.open')
  const more = button('Show more', () => addRows())
  let shown = 0
  const addRows = (count = ROWS) => {
    const next = incidents.slice(shown, shown + count)
    const stop = linksIn(body).find(({ tabIndex }) => tabIndex === 0)
    body.append(...next.map((incident) => rowOf(incident, context)))
    makeStop(linksIn(body), stop ?? linksIn(body)[0])
    shown += next.length
    more.hidden = shown >= incidents.length
  }
  addRows(Math.max(ROWS, least))
  const table = element(
    'table',
    { class: 'incidents' },
    element(
      'caption',
      { class: 'unseen' },
      'Incidents, newest first: up and down move, Enter opens',
    ),
    element(
      'thead',
      {},
      element('tr', {}, ...HEADS.map((head) => element('th', { scope: 'col' }, head))),
    ),
    body,
  )
  return [heading, table, more]
}

function linksIn(body: HTMLElement): readonly HTMLElement[] {
  return [...body.querySelectorAll<HTMLElement>('a.open')]
}

function rowOf(incident: Incident, context: Context): HTMLElement {
  const { times, link } = context
  const start = Date.parse(incident.startTime)
  const lasted = incident.endTime === null ? 'open' : lengthOf(Date.parse(incident.endTime) - start)
  const worst = worstOf(incident)
  const href = link({ pane: 'insight', incident: incident.id, insight: worst?.id ?? null })
  const row = element(
    'tr',
    {},
    element('td', {}, severityMark(incident.severity)),
    element(
      'td',
      { class: 'when' },
      times.moment(start),
      element('br'),
      element('span', { class: 'quiet' }, lasted),
    ),
    element(
      'td',
      { class: 'what' },
      element(
        'a',
        { class: 'open', href, 'data-key': `incident ${incident.id}` },
        apisText(incident),
      ),
      element('br'),
      element('span', { class: 'quiet' }, worst?.explanation ?? ''),
    ),
    element('td', { class: 'who', title: incident.principal }, shortPrincipal(incident.principal)),
    element('td', {}, incident.account),
  )
  row.addEventListener('click', ({ target }) => {
    const isText = getSelection()?.isCollapsed ?? true
    if (isText && !(target as HTMLElement).closest('a')) location.hash = href
  })
  return row
}

/** The insight that says most about an incident. */
function worstOf({ insights, severity }: Incident) {
  return insights.find((insight) => insight.severity === severity) ?? insights[0]
}

function apisText({ apis, insights }: Incident): string {
  const codes = new Set(insights.map(({ errorCode }) => errorCode ?? ''))
  const [code = ''] = codes
  const named = apis.slice(0, MOST_APIS).map(shortApi).join(', ')
  const others = apis.length > MOST_APIS ? ` and ${apis.length - MOST_APIS} others` : ''
  return `${named}${others}${codes.size === 1 && code !== '' ? ` ${code}` : ''}`
}

/** Severity with its sign, word and number. */
export function severityMark(severity: number): HTMLElement {
  const { word, sign } = levelOf(severity)
  return element(
    'span',
    { class: 'severity' },
    element('span', { class: `cell ${word}`, 'aria-hidden': 'true' }, sign),
    ` ${word} ${Math.round(severity)}`,
  )
}
