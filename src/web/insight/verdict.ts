import { ask, Refused, send } from '../api/client.ts'
import { button, element, refill } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'

interface Verdict {
  readonly insight: string
  readonly verdict: 'true' | 'expected' | 'false'
  readonly reason: string | null
  readonly note: string | null
  readonly by: string
  readonly time: string
}

const WORDS = {
  true: 'It mattered',
  expected: 'Expected',
  false: 'Nothing unusual',
} as const
const REASONS = ['deployment', 'maintenance', 'known-job', 'test', 'too-small', 'other'] as const

/** What somebody who looked says it was, and the means to say so: writing takes a token that may. */
export function verdictSection(insight: string, context: Context): HTMLElement {
  const said = element('p', { role: 'status' }, 'Loading…')
  const reason = element(
    'select',
    {},
    element('option', { value: '' }, 'no reason'),
    ...REASONS.map((each) => element('option', { value: each }, each)),
  )
  const note = element('input', { type: 'text', maxlength: 1000, placeholder: 'for others' })
  const url = `/v1/insights/${encodeURIComponent(insight)}/verdict`
  const show = (work: Promise<Verdict | null>): void => {
    work.then(
      (verdict) =>
        refill(said, verdict === null ? 'Nobody has said yet.' : wordsOf(verdict, context)),
      (error: unknown) => refill(said, error instanceof Refused ? error.message : String(error)),
    )
  }
  const say = (verdict: Verdict['verdict']): void => {
    const because = verdict === 'true' || reason.value === '' ? {} : { reason: reason.value }
    const words = note.value === '' ? {} : { note: note.value }
    show(send<Verdict>('PUT', url, { verdict, ...because, ...words }))
  }
  show(existing(insight))
  return element(
    'section',
    { class: 'narrow', 'aria-label': 'Verdict' },
    element('h2', {}, 'What was it?'),
    said,
    element(
      'p',
      { class: 'row' },
      ...Object.entries(WORDS).map(([verdict, label]) =>
        button(label, () => say(verdict as Verdict['verdict']), {
          'data-key': `verdict-${verdict}`,
        }),
      ),
      button('Take back', () => show(send<null>('DELETE', url).then(() => null))),
    ),
    element(
      'p',
      { class: 'row' },
      element('label', {}, 'Reason ', reason),
      element('label', {}, 'Note ', note),
    ),
  )
}

/** Out of all there are: asking for one that is not there would be an error in the browser's eyes. */
async function existing(insight: string): Promise<Verdict | null> {
  const { items } = await ask<{ readonly items: readonly Verdict[] }>('/v1/verdicts')
  return items.find((each) => each.insight === insight) ?? null
}

function wordsOf({ verdict, reason, note, by, time }: Verdict, { times }: Context): string {
  const because = reason === null ? '' : ` (${reason})`
  const more = note === null ? '' : `: ${note}`
  return `${WORDS[verdict]}${because}, says ${by}, ${times.moment(Date.parse(time))} ${times.zone}${more}`
}
