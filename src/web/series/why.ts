import type { Explanation } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import { element, refill } from '../dom/element.ts'
import { factorTable } from '../insight/factors.ts'
import type { Context } from '../shell/pane.ts'

/** Why, or why not, a series was reported at a moment: chosen in the chart, or typed in. */
export function whyPanel(series: string) {
  const field = element('input', { id: 'at', type: 'datetime-local' })
  const label = element('label', { for: 'at' })
  const form = element(
    'form',
    { class: 'row' },
    label,
    field,
    element('button', { type: 'submit' }, 'Explain'),
  )
  const answer = element('div', { 'aria-live': 'polite' })
  const root = element(
    'section',
    {},
    element('h2', {}, 'Why, or why not?'),
    element('p', { class: 'quiet' }, 'Click into the chart, or name a moment.'),
    ...[form, answer],
  )
  let now: Context | null = null
  let asked = ''
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const atMs = now?.times.fromField(field.value) ?? null
    if (atMs !== null) now?.go({ atMs })
  })
  return {
    root,
    show(context: Context): void {
      now = context
      const { atMs, errorCode } = context.view
      label.textContent = `Moment (${context.times.zone})`
      if (atMs !== null) field.value = context.times.field(atMs)
      const question = JSON.stringify([atMs, errorCode])
      if (question === asked) return
      asked = question
      refill(answer)
      if (atMs === null) return
      const at = new Date(atMs).toISOString()
      ask<Explanation>('/v1/explain', { series, at, errorCode }).then(
        (explanation) => asked === question && refill(answer, ...explained(explanation)),
        (error) => context.failed(error, answer),
      )
    },
  }
}

function explained({ standing, verdict, sentence, gates, arithmetic }: Explanation) {
  const unsaid = gates.filter((gate) => !sentence.includes(gate))
  const reasons = unsaid.map((gate) => element('li', {}, gate))
  return [
    element('p', { class: 'sentence' }, sentence),
    element('p', { class: 'quiet' }, `Verdict: ${verdict}. Its history is ${standing}.`),
    reasons.length > 0 && element('ul', {}, ...reasons),
    Object.keys(arithmetic).length > 0 && factorTable(arithmetic),
  ]
}
