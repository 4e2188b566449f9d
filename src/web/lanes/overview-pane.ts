import { element, refill } from '../dom/element.ts'
import { holdStill } from '../dom/hold-still.ts'
import { filterBar } from '../incidents/filter-bar.ts'
import { incidentPlace } from '../incidents/incident-place.ts'
import { type ReportData, report } from '../report/report-data.ts'
import type { Context, Pane } from '../shell/pane.ts'
import { counted } from '../state/words.ts'
import { groupingSelect, lanePlace } from './lane-place.ts'
import { gridOver, type Span } from './lanes.ts'
import { type Found, load } from './load.ts'
import { rangeButtons } from './range-buttons.ts'

/** What left its normal range, by service, account or caller and time, and the incidents that make it up. */
export function overviewPane(): Pane {
  const parts = {
    ...{ range: element('div', { class: 'row' }), lanes: lanePlace() },
    ...{ filter: filterBar(), list: incidentPlace() },
  }
  const root = element(
    'div',
    {},
    element('h1', {}, 'What left its normal range'),
    report !== null && element('p', { class: 'quiet' }, aboutReport(report)),
    parts.range,
    parts.lanes.root,
    element('section', { 'aria-label': 'Incidents' }, parts.filter.root, parts.list.root),
  )
  let found: Found | null = null
  let isAsked = false
  // The view may change while answers are on their way.
  let latest: Context | null = null

  function draw(context: Context): void {
    if (found === null) return
    const { view, times, go } = context
    const { span, insights } = found
    const shown = { fromMs: view.fromMs ?? span.fromMs, untilMs: view.untilMs ?? span.untilMs }
    const grid = gridOver(shown)
    const range = (chosen: Span | null) =>
      go({ fromMs: chosen?.fromMs ?? null, untilMs: chosen?.untilMs ?? null, atMs: null })
    refill(
      parts.range,
      rangeButtons({ whole: span, shown, times, choose: range }),
      groupingSelect(context),
    )
    parts.lanes.show(context, insights, grid, range)
    parts.filter.show(context, { accounts: [...new Set(insights.map(({ account }) => account))] })
    const atBucket =
      view.atMs === null ? shown : { fromMs: view.atMs, untilMs: view.atMs + grid.bucketMs }
    parts.list.show(context, found, atBucket)
  }

  const take = (now: Found) => {
    found = now
    if (latest !== null) draw(latest)
  }

  return {
    title: 'Overview',
    root,
    show(context) {
      latest = context
      draw(context)
      if (isAsked) return
      isAsked = true
      load(take).then(take, (error) => context.failed(error, parts.list.root))
    },
    async refresh() {
      const now = await load(() => {})
      holdStill(root, () => take(now))
    },
  }
}

/** What the report is about: a file outlives whoever made it. */
function aboutReport({ from, to, made, leftOut }: ReportData): string {
  const most =
    leftOut === 0
      ? ''
      : ` It holds the most severe insights; ${counted(leftOut, 'other')} are left out.`
  return `A report by Offtrail on ${from} to ${to}, made ${made}.${most}`
}
