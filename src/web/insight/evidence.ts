import type { Evidence } from '../api/answers.ts'
import { ask, curlLine } from '../api/client.ts'
import { copyButton } from '../dom/copy-button.ts'
import { type Content, element, refill } from '../dom/element.ts'
import { scrolling, table } from '../dom/table.ts'
import type { Context } from '../shell/pane.ts'
import { counted, shortPrincipal } from '../state/words.ts'

const MOST_CALLS = 50

/** The calls behind an insight, one by one. */
export function evidenceSection(path: string, context: Context): HTMLElement {
  return loading(
    'The calls',
    `${path}/evidence?limit=${MOST_CALLS}`,
    context,
    (found: Evidence) => {
      const { calls, files } = found
      const { times } = context
      const rows = calls.map(({ eventId, eventTime, errorCode, principal, userAgent }) => [
        element('span', { class: 'when' }, times.second(Date.parse(eventTime))),
        element('bdi', { title: principal }, shortPrincipal(principal)),
        errorCode ?? '',
        element('bdi', {}, userAgent ?? ''),
        element('code', {}, eventId),
      ])
      const heads = [`Time (${times.zone})`, 'Caller', 'Error', 'User agent', 'Event id']
      const names = files.map((file) => element('li', {}, element('code', {}, file)))
      return [
        calls.length === 0 && element('p', { class: 'quiet' }, 'They are no longer kept.'),
        calls.length > 0 &&
          table(
            'Calls',
            heads.map((head) => ({ head })),
            rows,
          ),
        calls.length === MOST_CALLS && element('p', { class: 'quiet' }, `The first ${MOST_CALLS}.`),
        element(
          'details',
          {},
          element('summary', {}, `They were read from ${counted(files.length, 'file')}`),
          element('ul', {}, ...names),
        ),
      ]
    },
  )
}

/** The same as CloudTrail Insights would have written it; asked for when it is opened. */
export function recordsSection(path: string, context: Context): HTMLElement {
  const place = element('div')
  const made = element(
    'details',
    {},
    element('summary', {}, 'As CloudTrail Insights records'),
    place,
  )
  made.addEventListener(
    'toggle',
    () => {
      const show = (answer: object) => {
        const text = element('pre', {}, JSON.stringify(answer, null, 2))
        refill(place, scrolling('Insights records', text))
      }
      ask<object>(`${path}/records`).then(show, (error) => context.failed(error, place))
    },
    { once: true },
  )
  return element('section', {}, element('h2', {}, 'Raw records'), made)
}

/** A line that asks for the same in a shell. */
export function curlSection(path: string): HTMLElement {
  const line = curlLine(path)
  const code = element('code', {}, line)
  const copy = copyButton(code, 'Copy the line for curl')
  const shown = scrolling('Line for curl', element('pre', {}, code))
  return element(
    'section',
    {},
    element('h2', {}, 'In a shell'),
    element('div', { class: 'row' }, shown, copy),
  )
}

function loading<Answer>(
  title: string,
  path: string,
  context: Context,
  show: (answer: Answer) => readonly Content[],
): HTMLElement {
  const place = element('div', {}, element('p', { class: 'quiet' }, 'Loading…'))
  ask<Answer>(path).then(
    (answer) => refill(place, ...show(answer)),
    (error) => context.failed(error, place),
  )
  return element('section', {}, element('h2', {}, title), place)
}
