import { type Content, element } from './element.ts'

/** A column's heading, and whether it holds numbers. */
export interface Column {
  readonly head: string
  readonly isNumber?: boolean
}

/** A table that scrolls sideways by itself, with a heading for each column and a caption for those who hear it. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): HTMLElement {
  const classOf = ({ isNumber }: Column) => (isNumber === true ? 'number' : null)
  const head = columns.map((each) =>
    element('th', { scope: 'col', class: classOf(each) }, each.head),
  )
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell, at) =>
        element('td', { class: classOf(columns[at] ?? { head: '' }) }, cell),
      ),
    ),
  )
  return scrolling(
    caption,
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  )
}

/** What is wider than the page, in a region that the keyboard reaches and scrolls. */
export function scrolling(label: string, content: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'wide', role: 'region', 'aria-label': label, tabindex: 0 },
    content,
  )
}
