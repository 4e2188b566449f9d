import type { OverviewInsight } from '../api/answers.ts'
import { button, element, refill } from '../dom/element.ts'
import { scrolling } from '../dom/table.ts'
import { chosenFrom, insightsIn } from '../incidents/filter.ts'
import type { Context } from '../shell/pane.ts'
import { LEVELS } from '../state/severity.ts'
import { counted } from '../state/words.ts'
import { brush } from './brush.ts'
import { GROUPINGS, groupingIn } from './groupings.ts'
import { laneTable } from './lane-table.ts'
import { type Grid, lanesOf, type Span } from './lanes.ts'

/** Lanes that are drawn unless more are asked for. */
const MOST = 40

/** Where the lanes stand, what they mean, and the means to have more of them. */
export function lanePlace() {
  const root = element('div', { class: 'lanes-place' })
  const open = new Set<string>()
  let most = MOST

  function show(
    context: Context,
    insights: readonly OverviewInsight[],
    grid: Grid,
    choose: (span: Span) => void,
  ): void {
    const { view, times, go } = context
    const by = groupingIn(view)
    const all = lanesOf(insightsIn(insights, chosenFrom(view), by), grid, by, open)
    const again = () => show(context, insights, grid, choose)
    const table = laneTable(all.slice(0, most), grid, {
      ...{ view, by, open, times, pick: (changes) => go(changes) },
      toggle: (name) => {
        if (!open.delete(name)) open.add(name)
        again()
      },
    })
    const place = scrolling(`Severity by ${by.head.toLowerCase()} and time`, table)
    brush(place, grid, choose)
    const more = button(`Show ${counted(all.length - most, 'more lane')}`, () => {
      most = Number.POSITIVE_INFINITY
      again()
    })
    const { scrollLeft } = root.firstElementChild ?? { scrollLeft: 0 }
    refill(root, place, all.length > most && more, legend())
    place.scrollLeft = scrollLeft
  }

  return { root, show }
}

function legend(): HTMLElement {
  const levels = LEVELS.map(({ word, sign, least }) =>
    element(
      'li',
      {},
      element('span', { class: `cell ${word}`, 'aria-hidden': 'true' }, sign),
      ` ${word} (${least}+)`,
    ),
  )
  return element('ul', { class: 'legend', 'aria-label': 'Severities' }, ...levels)
}

/** Chooses what lanes stand for; what was picked in the others is let go. */
export function groupingSelect({ view, go }: Context): HTMLElement {
  const { lanes } = groupingIn(view)
  const options = GROUPINGS.map((each) =>
    element(
      'option',
      { value: each.lanes ?? '', selected: each.lanes === lanes },
      each.head.toLowerCase(),
    ),
  )
  const select = element('select', { id: 'lanes', 'data-key': 'lanes' }, ...options)
  select.addEventListener('change', () =>
    go({ lanes: select.value || null, service: null, api: null, caller: null, atMs: null }),
  )
  return element(
    'span',
    { class: 'field by' },
    element('label', { for: 'lanes' }, 'Lanes by'),
    select,
  )
}
