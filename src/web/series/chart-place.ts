import type { Series } from '../api/answers.ts'
import { button, element, refill } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'
import { serviceOf } from '../state/words.ts'
import { type Chart, chart } from './chart.ts'
import { bandsTable, insightsTable, pointsTable } from './lists.ts'
import type { Seen } from './load.ts'
import { savePng } from './png.ts'

/** Where the chart of a series stands, and what says the same in words. */
export function chartPlace(series: Series, spanNow: () => Seen['span']) {
  const { account, region, eventSource, eventName } = series
  const name = `${serviceOf(eventSource)}: ${eventName}`
  const root = element('div', {}, element('p', { class: 'quiet' }, 'Loading…'))
  const lists = element('div')
  let drawn: Chart | null = null

  const titleIn = ({ times, view }: Context): string =>
    `${name}${view.errorCode === null ? '' : ` ${view.errorCode}`} – ${account}, ${region} (${times.zone})`

  return {
    root,
    lists,
    draw(seen: Seen, context: Context): void {
      drawn?.end()
      const made = chart(name, seen, context, spanNow)
      drawn = made
      const save = button('Download PNG', () => savePng(made.plot, titleIn(context)), {
        'data-key': 'png',
      })
      const isOpen = lists.querySelector('details')?.open ?? false
      refill(root, made.root, element('div', { class: 'row' }, made.key, save))
      made.fit()
      refill(
        lists,
        insightsTable(seen, context),
        bandsTable(seen, context),
        pointsTable(seen, context, isOpen),
      )
    },
    end: () => drawn?.end(),
  }
}
