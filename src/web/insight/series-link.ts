import type { Page, Series, WholeInsight } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import { element } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'
import { START } from '../state/view.ts'

const DAY_MS = 86_400_000

/** A way to the series an insight is about: two days before it to a day after. */
export function seriesLink(
  insight: WholeInsight,
  { link, view }: Pick<Context, 'link' | 'view'>,
): HTMLElement {
  const { account, region, category, eventSource, eventName, errorCode } = insight
  const startMs = Date.parse(insight.startTime)
  const endMs = insight.endTime === null ? startMs : Date.parse(insight.endTime)
  const place = element('p')
  ask<Page<Series>>('/v1/series', { account, region, category, eventSource, eventName, limit: 1 })
    .then(({ items: [series] }) => {
      if (series === undefined) return
      const href = link({
        ...START,
        ...{ isLocal: view.isLocal, pane: 'series', series: series.id, errorCode, atMs: startMs },
        fromMs: startMs - 2 * DAY_MS,
        untilMs: endMs + DAY_MS,
      })
      place.append(element('a', { class: 'main', href }, 'Show it through time'))
    })
    // Without the link the rest still stands.
    .catch(() => {})
  return place
}
