import type { Series } from '../api/answers.ts'
import { button, element, refill } from '../dom/element.ts'
import { rangeButtons } from '../lanes/range-buttons.ts'
import { report } from '../report/report-data.ts'
import type { Context } from '../shell/pane.ts'
import { serviceOf } from '../state/words.ts'
import { type Chart, chart } from './chart.ts'
import { labelSection } from './label-section.ts'
import { insightsTable, pointsTable } from './lists.ts'
import { type Seen, see, spanShown, wholeSpan } from './load.ts'
import { savePng } from './png.ts'
import { whyPanel } from './why.ts'

/** One series through time. */
export interface Timeline {
  readonly id: string
  readonly root: HTMLElement
  readonly show: (context: Context) => void
  /** Draws the chart again, in the colours there are now. */
  readonly repaint: (context: Context) => void
  readonly end: () => void
}

/** Its calls, what was expected, what was raised about it, and why at any moment. */
export function timeline(series: Series): Timeline {
  const { eventSource, eventName, account, region, category } = series
  const name = `${serviceOf(eventSource)}: ${eventName}`
  const parts = {
    ...{ back: element('p'), range: element('div'), code: element('div', { class: 'row' }) },
    ...{ chart: element('div', {}, element('p', { class: 'quiet' }, 'Loading…')) },
    lists: element('div'),
  }
  const more = report === null ? askedOf(series) : null
  const root = element(
    'div',
    {},
    ...[parts.back, element('h1', {}, name)],
    element('p', { class: 'quiet' }, `account ${account}, ${region}, ${category}`),
    ...[parts.range, parts.code, parts.chart],
    element('div', { class: 'columns' }, more?.why, parts.lists, more?.labels),
  )
  let seen: Seen | null = null
  let drawn: Chart | null = null
  let asked = ''
  let span = wholeSpan(series)
  // The view may change while an answer is on its way.
  let latest: Context

  function draw(context: Context): void {
    if (seen === null) return
    drawn?.end()
    drawn = chart(name, seen, context, () => span)
    const save = button(
      'Download PNG',
      () => drawn !== null && savePng(drawn.plot, titleOf(context)),
      {
        'data-key': 'png',
      },
    )
    refill(parts.chart, drawn.root, element('div', { class: 'row' }, drawn.key, save))
    drawn.fit()
    refill(parts.lists, insightsTable(seen, context), pointsTable(seen, context))
  }

  const titleOf = ({ times, view }: Context): string =>
    `${name}${view.errorCode === null ? '' : ` ${view.errorCode}`} – ${account}, ${region} (${times.zone})`

  return {
    id: series.id,
    root,
    repaint: draw,
    show(context) {
      latest = context
      const { view, times, go, link } = context
      const whole = wholeSpan(series)
      span = spanShown(view, whole)
      const all = link({ series: null, errorCode: null, atMs: null, fromMs: null, untilMs: null })
      refill(parts.back, element('a', { href: all }, '← All series'))
      const choose = (chosen: typeof span | null) => go({ ...(chosen ?? whole) })
      refill(parts.range, rangeButtons({ whole, shown: span, times, choose }))
      refill(parts.code, errorCodeChip(context))
      more?.show(context, span)
      const question = JSON.stringify([span, view.errorCode])
      if (question === asked) return draw(context)
      asked = question
      parts.chart.setAttribute('aria-busy', 'true')
      see(series, span, view.errorCode).then(
        (answer) => {
          if (asked !== question) return
          seen = answer
          draw(latest)
          parts.chart.setAttribute('aria-busy', 'false')
        },
        (error) => {
          asked = ''
          context.failed(error, parts.chart)
        },
      )
    },
    end: () => drawn?.end(),
  }
}

/** What only a server answers: why, and which incidents are known. */
function askedOf(series: Series) {
  const [why, labels] = [whyPanel(series.id), labelSection(series)]
  return {
    ...{ why: why.root, labels: labels.root },
    show(context: Context, span: Seen['span']): void {
      why.show(context)
      labels.show(context, span)
    },
  }
}

function errorCodeChip({ view, go }: Context) {
  if (view.errorCode === null) return null
  const label = `only calls that failed with ${view.errorCode}`
  return button(`${label} ×`, () => go({ errorCode: null }), {
    class: 'chip',
    'aria-label': `Remove filter: ${label}`,
  })
}
