import { severityOf } from '../../../models/index.ts'
import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import type { Context } from '../shell/pane.ts'
import { levelOf } from '../state/severity.ts'
import { apiOf, counted, serviceOf, shortPrincipal } from '../state/words.ts'
import type { Alarm } from './decide.ts'

const MOST = 100

/** Alarms that only the turned settings raise, or only those in force do. */
export function changeList(
  { title, note, alarms }: { title: string; note: string; alarms: readonly Alarm[] },
  context: Context,
  windowMs: number,
): HTMLElement {
  const columns = ['Severity', 'When', 'What', 'Caller', 'Account'].map((head) => ({ head }))
  const rows = alarms.slice(0, MOST).map((alarm) => rowOf(alarm, context, windowMs))
  return element(
    'section',
    { 'aria-label': title },
    element('h2', {}, `${title}: ${counted(alarms.length, 'insight')}`),
    element('p', { class: 'quiet' }, alarms.length === 0 ? 'None.' : note),
    alarms.length > 0 && table(title, columns, rows),
    alarms.length > MOST && element('p', { class: 'quiet' }, `The first ${MOST} are shown.`),
  )
}

function rowOf({ series, episode, facts }: Alarm, { times, link }: Context, windowMs: number) {
  const severity = severityOf(episode.peak.surprise)
  const { word, sign } = levelOf(severity)
  const startMs = episode.startWindow * windowMs
  const { count, expected } = episode.trigger
  const name = apiOf(series.eventSource, series.eventName)
  const api = series.sum === null ? `${serviceOf(series.eventSource)}:${name}` : name
  return [
    element(
      'span',
      { class: 'severity' },
      element('span', { class: `cell ${word}`, 'aria-hidden': 'true' }, sign),
      ` ${word} ${severity}`,
    ),
    element('span', { class: 'when' }, times.moment(startMs)),
    element(
      'span',
      { class: 'what' },
      series.sum === null ? seriesLink(api, series.key, link, startMs) : api,
      series.errorCode !== null && ` ${series.errorCode}`,
      element('br'),
      element(
        'span',
        { class: 'quiet' },
        `${Math.round(count)} where ${Number(expected.toPrecision(2))} are expected`,
      ),
    ),
    element('span', { class: 'who' }, shortPrincipal(facts.principal)),
    series.account,
  ]
}

const DAY_MS = 86_400_000

/** The series through time, a day before and after. */
function seriesLink(api: string, key: string, link: Context['link'], atMs: number): HTMLElement {
  const [id = '', errorCode = null] = JSON.parse(key) as [string, string | null]
  const around = { fromMs: atMs - DAY_MS, untilMs: atMs + DAY_MS, atMs }
  const href = link({ pane: 'series', series: id, errorCode, tuned: null, ...around })
  return element('a', { href }, api)
}
