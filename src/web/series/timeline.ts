import type { Series } from '../api/answers.ts'
import { button, element, refill } from '../dom/element.ts'
import { holdStill } from '../dom/hold-still.ts'
import { rangeButtons } from '../lanes/range-buttons.ts'
import { report } from '../report/report-data.ts'
import type { Context } from '../shell/pane.ts'
import { serviceOf } from '../state/words.ts'
import { chartOptions } from './chart-options.ts'
import { chartPlace } from './chart-place.ts'
import { labelSection } from './label-section.ts'
import { type Seen, see, spanShown, wholeSpan } from './load.ts'
import { whyPanel } from './why.ts'

/** One series through time. */
export interface Timeline {
  readonly id: string
  readonly root: HTMLElement
  readonly show: (context: Context) => void
  /** Asks again for what is shown, of the series as it is now. */
  readonly refresh: (series: Series) => Promise<void>
  /** Draws the chart again, in the colours there are now. */
  readonly repaint: (context: Context) => void
  readonly end: () => void
}

/** Its calls, what was expected, what was raised about it, and why at any moment. */
export function timeline(series: Series): Timeline {
  let seen: Seen | null = null
  let asked = ''
  let whole = wholeSpan(series)
  let span = whole
  // The view may change while an answer is on its way.
  let latest: Context
  const place = chartPlace(series, () => span)
  const [back, range, options] = [
    element('p'),
    element('div'),
    element('div', { class: 'row options' }),
  ]
  const more = report === null ? askedOf(series) : null
  const root = element(
    'div',
    {},
    ...[back, ...headOf(series), range, options, place.root],
    element('div', { class: 'columns' }, more?.why, place.lists, more?.labels),
  )

  const draw = (context: Context): void => {
    if (seen !== null) place.draw(seen, context)
  }

  function tools(context: Context): void {
    const { view, times, go, link } = context
    const all = link({ series: null, errorCode: null, atMs: null, fromMs: null, untilMs: null })
    refill(back, element('a', { href: all, 'data-key': 'back' }, '← All series'))
    const choose = (chosen: typeof span | null) => go({ ...(chosen ?? whole) })
    refill(range, rangeButtons({ whole, shown: span, times, choose }))
    refill(options, chartOptions(view, go), errorCodeChip(context))
    more?.show(context, span)
  }

  return {
    id: series.id,
    root,
    repaint: draw,
    show(context) {
      latest = context
      const { view } = context
      span = spanShown(view, whole)
      tools(context)
      const question = JSON.stringify([span, view.errorCode, view.beside])
      if (question === asked) return draw(context)
      asked = question
      place.root.setAttribute('aria-busy', 'true')
      see(series, span, view).then(
        (answer) => {
          if (asked !== question) return
          seen = answer
          draw(latest)
          place.root.setAttribute('aria-busy', 'false')
        },
        (error) => {
          asked = ''
          context.failed(error, place.root)
        },
      )
    },
    async refresh(now) {
      const { view } = latest
      const wholeNow = wholeSpan(now)
      const spanNow = spanShown(view, wholeNow)
      const before = asked
      const answer = await see(series, spanNow, view)
      // Whoever asked for something else meanwhile has that.
      if (asked !== before || latest.view !== view) return
      ;[whole, span, seen] = [wholeNow, spanNow, answer]
      asked = JSON.stringify([span, view.errorCode, view.beside])
      place.root.setAttribute('aria-busy', 'false')
      holdStill(root, () => {
        tools(latest)
        draw(latest)
      })
    },
    end: place.end,
  }
}

function headOf({ eventSource, eventName, account, region, category }: Series) {
  return [
    element('h1', {}, `${serviceOf(eventSource)}: ${eventName}`),
    element('p', { class: 'quiet' }, `account ${account}, ${region}, ${category}`),
  ]
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
