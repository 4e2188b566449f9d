import { button, element } from '../dom/element.ts'
import type { Times } from '../state/times.ts'
import type { Span } from './lanes.ts'

const HOUR_MS = 3_600_000

const LENGTHS = [
  { label: '24 hours', ms: 24 * HOUR_MS },
  { label: '7 days', ms: 168 * HOUR_MS },
  { label: '30 days', ms: 720 * HOUR_MS },
]

interface Doing {
  /** All there is. */
  readonly whole: Span
  /** What is shown. */
  readonly shown: Span
  readonly times: Times
  /** null: all there is. */
  readonly choose: (span: Span | null) => void
}

/** Chooses the time range: lengths back from the end, all, earlier, later, and twice as wide. */
export function rangeButtons({ whole, shown, times, choose }: Doing): HTMLElement {
  const lengthMs = shown.untilMs - shown.fromMs
  const move = (shares: readonly [number, number]) => () =>
    choose({
      fromMs: shown.fromMs + shares[0] * lengthMs,
      untilMs: shown.untilMs + shares[1] * lengthMs,
    })
  const isAll = shown.fromMs === whole.fromMs && shown.untilMs === whole.untilMs
  const named = LENGTHS.map(({ label, ms }) => {
    const isShown = shown.untilMs === whole.untilMs && lengthMs === ms
    const span = { fromMs: whole.untilMs - ms, untilMs: whole.untilMs }
    return button(label, () => choose(span), {
      'aria-pressed': String(isShown),
      'data-key': `range ${label}`,
    })
  })
  return element(
    'div',
    { class: 'row', role: 'group', 'aria-label': 'Time range' },
    ...named,
    button('All', () => choose(null), { 'aria-pressed': String(isAll), 'data-key': 'range all' }),
    button('◂', move([-0.5, -0.5]), { 'aria-label': 'Earlier', 'data-key': 'earlier' }),
    button('▸', move([0.5, 0.5]), { 'aria-label': 'Later', 'data-key': 'later' }),
    button('−', move([-0.5, 0.5]), { 'aria-label': 'Twice as wide', 'data-key': 'wider' }),
    button('+', move([0.25, -0.25]), { 'aria-label': 'Half as wide', 'data-key': 'narrower' }),
    element(
      'span',
      { class: 'quiet' },
      `${times.moment(shown.fromMs)} – ${times.moment(shown.untilMs)} ${times.zone}`,
    ),
  )
}
