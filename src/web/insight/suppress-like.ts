import type { WholeInsight } from '../api/answers.ts'
import { listed } from '../api/client.ts'
import { copied } from '../dom/copied.ts'
import { element, refill } from '../dom/element.ts'
import { counted, serviceOf } from '../state/words.ts'

/** One thing that a rule may name. */
interface Part {
  readonly name: 'api' | 'account' | 'region' | 'principal' | 'errorCode' | 'direction'
  readonly label: string
  readonly value: string
  /** Named unless somebody takes it out. */
  readonly isUsual: boolean
}

/** What may be named of an insight, as rules of a settings file name it. */
export function partsOf(insight: WholeInsight): readonly Part[] {
  const { eventSource, eventName, account, region, principal, errorCode, direction } = insight
  const api = `${serviceNamed(eventSource)}:${eventName}`
  const all: readonly (Omit<Part, 'value'> & { readonly value: string | null })[] = [
    { name: 'api', label: 'API', value: api, isUsual: true },
    { name: 'account', label: 'account', value: account, isUsual: true },
    { name: 'region', label: 'Region', value: region, isUsual: false },
    { name: 'principal', label: 'caller', value: principal, isUsual: true },
    { name: 'errorCode', label: 'error code', value: errorCode, isUsual: true },
    { name: 'direction', label: 'direction', value: direction, isUsual: true },
  ]
  return all.flatMap((part) => (part.value === null ? [] : [{ ...part, value: part.value }]))
}

/** `ec2`, as rules write it; sums keep the name they have. */
const serviceNamed = (eventSource: string): string =>
  eventSource === 'offtrail' ? eventSource : serviceOf(eventSource)

/** What a rule does: silence insights, or drop calls from the counts. */
export type Effect = 'mute' | 'drop-from-counts'

/** What of an insight calls have, too: neither a direction nor what only sums are called. */
export function partsOfCalls(parts: readonly Part[]): readonly Part[] {
  return parts.filter(
    ({ name, value }) =>
      name !== 'direction' &&
      !(name === 'api' && value.startsWith('offtrail:')) &&
      !(name === 'region' && value === 'all'),
  )
}

/** A rule for the settings file, and the command that puts it there. */
export function ruleTexts(parts: readonly Part[], reason: string, effect: Effect = 'mute') {
  const entries = [
    ...(effect === 'mute' ? [] : [['effect', effect] as const]),
    ...parts.map(({ name, value }) => [name, value] as const),
    ['reason', reason] as const,
  ]
  // A JSON string is a YAML string.
  const lines = entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  const flags = entries.map(
    ([name, value]) => ` ${flagOf(name)} '${value.replaceAll("'", "'\\''")}'`,
  )
  return {
    yaml: `suppressions:\n  - ${lines.join('\n    ')}\n`,
    command: `offtrail suppress add -c offtrail.yaml${flags.join('')}`,
  }
}

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Makes a rule that silences this insight and those like it, and says how many there are so far. The page writes no settings: the rule is taken away. */
export function suppressSection(insight: WholeInsight): HTMLElement {
  const parts = partsOf(insight)
  const chosen = new Set(parts.filter(({ isUsual }) => isUsual).map(({ name }) => name))
  const texts = element('div', { class: 'columns' })
  const matches = element('p', { role: 'status' })
  const reason = element('input', { type: 'text', maxlength: 512, value: 'known and harmless' })
  const effects = element(
    'select',
    {},
    element('option', { value: 'mute' }, 'silence insights like it'),
    element('option', { value: 'drop-from-counts' }, 'drop such calls from the counts'),
  )
  const draw = (): void => {
    const effect: Effect = effects.value === 'drop-from-counts' ? effects.value : 'mute'
    const all = effect === 'mute' ? parts : partsOfCalls(parts)
    const named = all.filter(({ name }) => chosen.has(name))
    if (named.length === 0) {
      refill(texts, element('p', {}, 'A rule names something beside its reason.'))
      refill(matches)
      return
    }
    const { yaml, command } = ruleTexts(named, reason.value || 'no reason given', effect)
    refill(texts, copied('Rule for the settings file', yaml), copied('Or in a shell', command))
    if (effect !== 'mute') {
      refill(matches, 'offtrail suppress test says how many calls and insights that takes away.')
      return
    }
    countMatches(insight, chosen).then(
      (words) => refill(matches, words),
      () => refill(matches),
    )
  }
  const boxes = parts.map(({ name, label, value }) => {
    const box = element('input', { type: 'checkbox', checked: chosen.has(name) })
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(name)
      else chosen.delete(name)
      draw()
    })
    return element('label', {}, box, ` ${label} `, element('span', { class: 'quiet' }, value))
  })
  reason.addEventListener('change', draw)
  effects.addEventListener('change', draw)
  draw()
  return element(
    'details',
    { class: 'narrow suppress' },
    element('summary', {}, 'Never hear of this again'),
    element(
      'p',
      {},
      'A rule silences every insight that matches all it names; it is still counted and learned from. Or it drops such calls: they stay in the store, but are neither judged nor learned from.',
    ),
    element(
      'div',
      { class: 'choices' },
      element('label', {}, 'Effect ', effects),
      ...boxes,
      element('label', {}, 'Why ', reason),
    ),
    matches,
    texts,
  )
}

const MOST_PAGES = 4

/** How many of the insights that stand a rule matches, in words. */
async function countMatches(
  insight: WholeInsight,
  chosen: ReadonlySet<Part['name']>,
): Promise<string> {
  const { eventSource, eventName, account, region, principal, errorCode, direction } = insight
  const has = (name: Part['name']): boolean => chosen.has(name)
  const { items, isWhole } = await listed<{ readonly id: string }>(
    '/v1/insights',
    {
      fields: 'id',
      ...(has('api') && { eventSource, eventName }),
      ...(has('account') && { account }),
      ...(has('region') && region !== 'all' && { region }),
      ...(has('principal') && { principal }),
      ...(has('errorCode') && { errorCode }),
      ...(has('direction') && { direction }),
    },
    MOST_PAGES,
  )
  const many = `${isWhole ? '' : 'more than '}${counted(items.length, 'insight')}`
  return `It silences ${many} so far.`
}
