import { token } from '../api/token.ts'
import { button, element, refill } from '../dom/element.ts'
import { report } from '../report/report-data.ts'
import type { PaneName, View } from '../state/view.ts'
import { START } from '../state/view.ts'
import type { Live } from './live.ts'
import type { Context } from './pane.ts'
import { themeButton } from './theme.ts'

interface Doing {
  readonly live: Live
  readonly go: (changes: Partial<View>) => void
  readonly signOut: () => void
  readonly again: () => void
}

/** What the navigation offers, in its order; a report has no history to decide again. */
const ALL_PLACES: readonly { readonly pane: PaneName; readonly label: string }[] = [
  { pane: 'overview', label: 'Overview' },
  { pane: 'series', label: 'Series' },
  { pane: 'tuner', label: 'Tuner' },
]
const PLACES = ALL_PLACES.filter(({ pane }) => report === null || pane !== 'tuner')

/** What stands around the panes: the way to the content, navigation, switches, and a voice for screen readers. */
export function frame({ live, go, signOut, again }: Doing) {
  const main = element('main', { id: 'main', tabindex: -1 })
  const nav = element('nav', { 'aria-label': 'Panes' })
  const tools = element('div', { class: 'tools' })
  const voice = element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  const skip = element('a', { class: 'skip', href: '#main' }, 'Skip to content')
  skip.addEventListener('click', (event) => {
    event.preventDefault()
    main.focus()
  })
  const theme = themeButton()
  const serverTools = (context: Context) => [
    live.toggle(context),
    button('Reload', again, { 'data-key': 'reload' }),
    element('a', { href: '/docs' }, 'API'),
    token.get() !== null && button('Sign out', signOut),
  ]
  const header = element(
    'header',
    { class: 'bar' },
    element('a', { class: 'brand', href: '#/overview' }, 'Offtrail'),
    nav,
    report === null && live.note,
    tools,
  )
  return {
    parts: [skip, header, main, voice],
    main,
    say: (text: string): void => {
      voice.textContent = text
    },
    show(context: Context): void {
      const { view, link } = context
      refill(nav, element('ul', {}, ...PLACES.map((place) => placeLink(place, view, link))))
      refill(
        tools,
        button(view.isLocal ? 'Local time' : 'UTC', () => go({ isLocal: !view.isLocal }), {
          'data-key': 'times',
          'aria-label': `Times are in ${view.isLocal ? 'local time' : 'UTC'}: switch`,
        }),
        theme,
        ...(report === null ? serverTools(context) : []),
      )
    },
  }
}

function placeLink(
  { pane, label }: (typeof PLACES)[number],
  { pane: here, isLocal }: View,
  link: Context['link'],
): HTMLElement {
  const isHere = here === pane || (pane === 'overview' && here === 'insight')
  const href = link({ ...START, pane, isLocal })
  return element(
    'li',
    {},
    element(
      'a',
      {
        href,
        'data-key': `pane ${pane}`,
        'aria-current': isHere && (here === pane ? 'page' : 'true'),
      },
      label,
    ),
  )
}
