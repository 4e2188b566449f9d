import type { Label, Page, Series } from '../api/answers.ts'
import { ask, Refused, send } from '../api/client.ts'
import { button, element, refill } from '../dom/element.ts'
import type { Span } from '../lanes/lanes.ts'
import type { Context } from '../shell/pane.ts'

/** What the section shows: the incidents that people know of in a span, and the means to tell of one. */
export interface LabelSection {
  readonly root: HTMLElement
  readonly show: (context: Context, span: Span) => void
}

/** Incidents that people know of at this API: what `backtest`, `tune` and the tuner hold history against. */
export function labelSection({ account, region, eventSource, eventName }: Series): LabelSection {
  const known = element('div')
  const said = element('p', { role: 'status' })
  const kind = element('input', {
    type: 'text',
    maxlength: 100,
    required: true,
    placeholder: 'exfiltration',
  })
  const title = element('input', { type: 'text', maxlength: 1000, placeholder: 'for others' })
  const form = element(
    'form',
    { class: 'row' },
    element('label', {}, 'Kind ', kind),
    element('label', {}, 'Title ', title),
    element('button', {}, 'It happened in the span shown'),
  )
  let now: { readonly context: Context; readonly span: Span } | null = null

  const isHere = (label: Label, span: Span): boolean =>
    Date.parse(label.startTime) < span.untilMs &&
    Date.parse(label.endTime) > span.fromMs &&
    [label.account ?? account, label.region ?? region].join() === [account, region].join() &&
    (label.eventSource ?? eventSource) === eventSource &&
    (label.eventName ?? eventName) === eventName

  function list(): void {
    if (now === null) return
    const { context, span } = now
    ask<Page<Label>>('/v1/labels').then(
      ({ items }) => {
        const here = items.filter((label) => isHere(label, span))
        refill(
          known,
          here.length > 0 && element('ul', {}, ...here.map((each) => itemOf(each, context))),
        )
      },
      (error) => context.failed(error, known),
    )
  }

  function itemOf(label: Label, { times }: Context): HTMLElement {
    const [start, end] = [Date.parse(label.startTime), Date.parse(label.endTime)]
    const words = `${label.kind}: ${label.title}, ${times.moment(start)} – ${times.moment(end)}, says ${label.by} `
    const forget = () => done(send<null>('DELETE', `/v1/labels/${label.id}`), 'Taken back.')
    return element('li', {}, words, button('Take back', forget))
  }

  function done(work: Promise<unknown>, words: string): void {
    work.then(
      () => {
        refill(said, words)
        list()
      },
      (error: unknown) => refill(said, error instanceof Refused ? error.message : String(error)),
    )
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (now === null) return
    const { fromMs, untilMs } = now.span
    const label = {
      ...{ kind: kind.value, account, region, eventSource, eventName },
      ...{ startTime: new Date(fromMs).toISOString(), endTime: new Date(untilMs).toISOString() },
      ...(title.value !== '' && { title: title.value }),
    }
    done(send<Label>('PUT', '/v1/labels', label), 'Kept.')
  })
  return {
    root: element('section', {}, element('h2', {}, 'Known incidents'), known, form, said),
    show(context, span) {
      const isSame =
        now !== null && now.span.fromMs === span.fromMs && now.span.untilMs === span.untilMs
      now = { context, span }
      if (!isSame) list()
    },
  }
}
