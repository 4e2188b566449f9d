import { element, refill } from '../dom/element.ts'
import type { Span } from '../lanes/lanes.ts'
import type { Found } from '../lanes/load.ts'
import type { Context } from '../shell/pane.ts'
import type { View } from '../state/view.ts'
import { counted } from '../state/words.ts'
import { chosenFrom, incidentsIn, ordered } from './filter.ts'
import { incidentList } from './incident-list.ts'

/** Where the list of incidents stands; it says how many there are whenever that changes. */
export function incidentPlace() {
  const root = element('div', {}, element('p', { class: 'quiet' }, 'Loading…'))
  let shownCount = -1
  let shownView: View | null = null
  return {
    root,
    show(context: Context, { insights, incidents, isWhole }: Found, span: Span): void {
      // There are no incidents only when that is known.
      if (incidents === null) return
      const { view, say } = context
      const rows = ordered(incidentsIn(incidents, chosenFrom(view), span), view.order)
      const older = isWhole ? null : olderLeftOut(insights.length)
      // What is asked again shows as many rows as before.
      const least = view === shownView ? root.querySelectorAll('tbody tr').length : 0
      shownView = view
      refill(root, ...incidentList(rows, context, least), older)
      if (rows.length !== shownCount) say(counted(rows.length, 'incident'))
      shownCount = rows.length
    },
  }
}

function olderLeftOut(count: number): HTMLElement {
  const text = `Only the newest ${counted(count, 'insight')} are shown: ask the API for older ones.`
  return element('p', { class: 'quiet' }, text)
}
