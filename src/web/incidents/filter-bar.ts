import { button, element, refill } from '../dom/element.ts'
import { callerText } from '../lanes/groupings.ts'
import type { Context } from '../shell/pane.ts'
import { LEVELS } from '../state/severity.ts'
import type { View } from '../state/view.ts'

const NOTHING = {
  ...{ severity: null, account: null, text: null, service: null, api: null, caller: null },
  atMs: null,
} satisfies Partial<View>

/** Severity, account and text to filter by, and what was picked in the lanes. */
export function filterBar() {
  let now: Context | null = null
  const severity = element('select', { id: 'severity' })
  const account = element('select', { id: 'account' })
  const order = element('select', { id: 'order' })
  const text = element('input', {
    id: 'text',
    type: 'search',
    placeholder: 'caller, API, error code',
  })
  const picked = element('span', { class: 'row' })
  severity.addEventListener('change', () => now?.go({ severity: severity.value || null }))
  account.addEventListener('change', () => now?.go({ account: account.value || null }))
  order.addEventListener('change', () => now?.go({ order: order.value || null }))
  text.addEventListener('input', () => now?.go({ text: text.value || null }, { replace: true }))
  const levels = LEVELS.map(({ word }, at) => ({
    value: at === 0 ? '' : word,
    label: at === 0 ? 'all' : `${word}${at === LEVELS.length - 1 ? '' : ' and above'}`,
  }))
  fill(severity, levels)
  fill(order, ORDERS)
  const root = element(
    'div',
    { class: 'row filter', role: 'search', 'aria-label': 'Incidents' },
    field('Severity', severity),
    field('Account', account),
    field('Text', text),
    field('Order', order),
    picked,
  )
  return {
    root,
    show(context: Context, { accounts }: { readonly accounts: readonly string[] }): void {
      now = context
      const { view } = context
      const offered = [...new Set([...accounts, ...(view.account === null ? [] : [view.account])])]
      fill(account, [
        { value: '', label: 'all' },
        ...offered.sort().map((value) => ({ value, label: value })),
      ])
      severity.value = view.severity ?? ''
      account.value = view.account ?? ''
      order.value = view.order ?? ''
      // Whoever is typing is not interrupted.
      if (document.activeElement !== text) text.value = view.text ?? ''
      refill(picked, ...chips(context))
    },
  }
}

const ORDERS = [
  { value: '', label: 'newest first' },
  { value: 'severity', label: 'most severe first' },
]

function field(label: string, input: HTMLElement): HTMLElement {
  return element('span', { class: 'field' }, element('label', { for: input.id }, label), input)
}

interface Choice {
  readonly value: string
  readonly label: string
}

function fill(select: HTMLSelectElement, choices: readonly Choice[]): void {
  const options = choices.map(({ value, label }) => element('option', { value }, label))
  if (select.options.length !== options.length) select.replaceChildren(...options)
}

/** What is picked in the lanes, each with a way to take it back. */
function chips({ view, times, go }: Context): readonly HTMLElement[] {
  const what = view.api === null ? view.service : `${view.service}:${view.api}`
  const isFiltered = Object.keys(NOTHING).some((name) => view[name as keyof View] !== null)
  const chip = (label: string, changes: Partial<View>) =>
    button(`${label} ×`, () => go(changes), {
      class: 'chip',
      'aria-label': `Remove filter ${label}`,
    })
  return [
    ...(what === null ? [] : [chip(what, { service: null, api: null, atMs: null })]),
    ...(view.caller === null ? [] : [chip(callerText(view.caller), { caller: null, atMs: null })]),
    ...(view.atMs === null ? [] : [chip(times.short(view.atMs), { atMs: null })]),
    ...(isFiltered ? [button('Clear', () => go(NOTHING), { 'data-key': 'clear' })] : []),
  ]
}
