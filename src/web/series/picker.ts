import type { Series } from '../api/answers.ts'
import { listed, pages } from '../api/client.ts'
import { element, refill } from '../dom/element.ts'
import { holdStill } from '../dom/hold-still.ts'
import { table } from '../dom/table.ts'
import type { Context } from '../shell/pane.ts'
import { numberText, serviceOf } from '../state/words.ts'

const MOST_PAGES = 40
const ROWS = 100

/** All series there are, the busiest first, and a field to find one by. */
export function picker() {
  const field = element('input', {
    id: 'find',
    type: 'search',
    placeholder: 'RunInstances, ec2, account',
  })
  const result = element('div', {}, element('p', { class: 'quiet' }, 'Loading…'))
  const root = element(
    'div',
    {},
    element('h1', {}, 'Series'),
    element(
      'div',
      { class: 'row', role: 'search', 'aria-label': 'Series' },
      element('label', { for: 'find' }, 'API'),
      field,
    ),
    result,
  )
  let all: Series[] = []
  let isAsked = false
  let latest: Context | null = null

  function draw(): void {
    if (latest === null || all.length === 0) return
    const words = field.value.toLowerCase().split(/\s+/)
    const found = all.filter((series) => {
      const says = saysOf(series)
      return words.every((word) => says.includes(word))
    })
    const busiest = found.sort((a, b) => b.calls - a.calls).slice(0, ROWS)
    refill(
      result,
      element('p', { class: 'quiet', role: 'status' }, countText(found.length)),
      seriesTable(busiest, latest),
    )
  }

  async function load(): Promise<void> {
    for await (const page of pages<Series>('/v1/series', {}, MOST_PAGES)) {
      all.push(...page)
      draw()
    }
  }

  async function refresh(): Promise<void> {
    all = (await listed<Series>('/v1/series', {}, MOST_PAGES)).items
    holdStill(root, draw)
  }

  field.addEventListener('input', draw)
  return {
    root,
    refresh,
    show(context: Context): void {
      latest = context
      draw()
      if (isAsked) return
      isAsked = true
      load().catch((error) => context.failed(error, result))
    },
  }
}

function saysOf({ account, region, category, eventSource, eventName }: Series): string {
  return `${eventSource}:${eventName} ${account} ${region} ${category}`.toLowerCase()
}

function countText(count: number): string {
  return `${numberText(count)} series${count > ROWS ? `, the busiest ${ROWS} are shown` : ''}`
}

function seriesTable(rows: readonly Series[], { link, times }: Context): HTMLElement {
  const columns = [
    ...[{ head: 'API' }, { head: 'Account' }, { head: 'Region' }, { head: 'Category' }],
    ...[
      { head: 'Calls', isNumber: true },
      { head: 'Errors', isNumber: true },
      { head: 'Last seen' },
    ],
  ]
  const cells = rows.map((series) => [
    element(
      'a',
      { href: link({ pane: 'series', series: series.id }), 'data-key': series.id },
      `${serviceOf(series.eventSource)}:${series.eventName}`,
    ),
    ...[series.account, series.region, series.category],
    ...[numberText(series.calls), numberText(series.errors)],
    times.moment(Date.parse(series.lastTime)),
  ])
  return table('Series, the busiest first', columns, cells)
}
