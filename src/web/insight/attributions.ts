import type { AttributedValue, WholeInsight } from '../api/answers.ts'
import { element } from '../dom/element.ts'
import { numberText } from '../state/words.ts'

const NAMES: ReadonlyMap<string, string> = new Map([
  ['userIdentityArn', 'Caller'],
  ['userAgent', 'User agent'],
  ['errorCode', 'Error code'],
  ['resourceArn', 'Resource'],
])

/** For each attribute what it was in the window that fired, beside what it was in the week before. */
export function attributionSection({
  attributions,
  trigger,
  baseline: week,
}: WholeInsight): HTMLElement {
  const tables = attributions.map(({ attribute, insight, baseline }) => {
    const name = NAMES.get(attribute) ?? attribute
    return element(
      'div',
      {},
      element('h3', {}, name),
      element(
        'div',
        { class: 'columns' },
        bars(
          `${name} in the window that fired`,
          { head: 'Window that fired', total: trigger.average },
          insight,
        ),
        bars(`${name} in the week before`, { head: 'Week before', total: week.average }, baseline),
      ),
    )
  })
  return element('section', {}, element('h2', {}, 'Who and what'), ...tables)
}

function bars(
  caption: string,
  { head, total }: { readonly head: string; readonly total: number },
  values: readonly AttributedValue[],
): HTMLElement {
  const rows = values.map(({ value, average }) => {
    // Only the largest values are listed: shares are of all calls.
    const share = total === 0 ? 0 : Math.min(1, average / total)
    const bar = element('div', { class: 'share', 'aria-hidden': 'true' })
    bar.style.width = `${(100 * share).toFixed(1)}%`
    const text = value === 'null' ? 'none' : value
    return element(
      'tr',
      {},
      element('td', { class: 'value' }, element('bdi', {}, text), bar),
      element('td', { class: 'number' }, numberText(average)),
      element('td', { class: 'number' }, shareText(share)),
    )
  })
  const none = element('tr', {}, element('td', { colspan: 3, class: 'quiet' }, 'nothing'))
  const heads = [
    element('th', { scope: 'col' }, head),
    element('th', { scope: 'col', class: 'number' }, 'A minute'),
    element('th', { scope: 'col', class: 'number' }, 'Share'),
  ]
  return element(
    'table',
    { class: 'bars' },
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...(rows.length === 0 ? [none] : rows)),
  )
}

function shareText(share: number): string {
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(100 * share)} %`
}
