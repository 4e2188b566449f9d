import { button, element } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'
import type { View } from '../state/view.ts'

/** Chooses the scale of counts, and whether those of a week before stand beside them. */
export function chartOptions({ scale, beside }: View, go: Context['go']): HTMLElement {
  const isLog = scale === 'log'
  const isBeside = beside === 'week'
  return element(
    'div',
    { class: 'row', role: 'group', 'aria-label': 'Chart' },
    button('Linear', () => go({ scale: null }), {
      ...{ 'aria-pressed': String(!isLog), 'data-key': 'scale linear' },
      'aria-label': 'Linear scale',
    }),
    button('Log', () => go({ scale: 'log' }), {
      ...{ 'aria-pressed': String(isLog), 'data-key': 'scale log' },
      'aria-label': 'Log scale',
    }),
    button('−1 week', () => go({ beside: isBeside ? null : 'week' }), {
      ...{ 'aria-pressed': String(isBeside), 'data-key': 'beside week' },
      'aria-label': '−1 week: show the counts of a week before, too',
    }),
  )
}
