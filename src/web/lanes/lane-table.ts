import { button, element } from '../dom/element.ts'
import { makeStop, rove } from '../dom/roving.ts'
import { levelOf } from '../state/severity.ts'
import type { Times } from '../state/times.ts'
import type { View } from '../state/view.ts'
import { counted } from '../state/words.ts'
import { type Grouping, isPicked, unpicked } from './groupings.ts'
import type { Cell, Grid, Lane } from './lanes.ts'

interface Doing {
  readonly view: View
  readonly by: Grouping
  readonly open: ReadonlySet<string>
  readonly times: Times
  readonly pick: (changes: Partial<View>) => void
  readonly toggle: (name: string) => void
}

const TICKS = 8

/** Lanes as a table: a row for each, a column for each bucket, and a button wherever something was. */
export function laneTable(lanes: readonly Lane[], grid: Grid, doing: Doing): HTMLElement {
  const body = element('tbody', {}, ...lanes.map((lane) => rowOf(lane, grid, doing)))
  const caption = `The highest severity by ${doing.by.head.toLowerCase()} and time`
  const made = element(
    'table',
    { class: 'lanes' },
    element('caption', { class: 'unseen' }, caption),
    axis(grid, doing),
    body,
  )
  rove(body, 'button.cell', { isGrid: true })
  const cells = [...body.querySelectorAll<HTMLElement>('button.cell')]
  makeStop(cells, cells.find((cell) => cell.ariaPressed === 'true') ?? cells[0])
  return made
}

/** A heading for every few columns. */
function axis(grid: Grid, { times, by }: Doing): HTMLElement {
  const step = Math.ceil(grid.count / TICKS)
  const isDaily = (step * grid.bucketMs) % 86_400_000 === 0 && grid.fromMs % 86_400_000 === 0
  const starts = Array.from({ length: Math.ceil(grid.count / step) }, (_, tick) => tick * step)
  const heads = starts.map((at) => {
    const ms = grid.fromMs + at * grid.bucketMs
    const span = Math.min(step, grid.count - at)
    const label = isDaily && times.zone === 'UTC' ? times.day(ms) : times.short(ms)
    // A heading without room would only be cut.
    const text = span * 2 >= step ? label : element('span', { class: 'unseen' }, label)
    return element('th', { scope: 'colgroup', colspan: span }, text)
  })
  return element(
    'thead',
    {},
    element('tr', {}, element('th', { scope: 'col', class: 'name' }, by.head), ...heads),
  )
}

function rowOf(lane: Lane, grid: Grid, doing: Doing): HTMLElement {
  const { name, part } = lane
  const { view, by } = doing
  const isOn = isPicked(by, lane, view)
  const cells = Array.from({ length: grid.count }, (_, at) => {
    const cell = lane.cells.get(at)
    return element('td', {}, cell !== undefined && cellButton(lane, { cell, at, grid }, doing))
  })
  const pick = () => doing.pick({ ...(isOn ? unpicked(by) : by.filterFor(lane)), atMs: null })
  const head = button(labelOf(lane, by), pick, {
    class: 'plain',
    'data-key': `name ${name} ${part ?? ''}`,
    'aria-pressed': String(isOn),
    title: part ?? name,
  })
  return element(
    'tr',
    { class: part === null ? null : 'part' },
    element('th', { scope: 'row', class: 'name' }, part === null && opener(name, doing), head),
    ...cells,
  )
}

function labelOf({ name, part }: Pick<Lane, 'name' | 'part'>, by: Grouping): string {
  return part ?? by.labelOf(name)
}

function opener(name: string, { open, toggle, by }: Doing): HTMLElement {
  const isOpen = open.has(name)
  return button(isOpen ? '▾' : '▸', () => toggle(name), {
    class: 'plain opener',
    'data-key': `open ${name}`,
    'aria-expanded': String(isOpen),
    'aria-label': `${by.parts} of ${by.labelOf(name)}`,
  })
}

function cellButton(
  lane: Lane,
  { cell, at, grid }: { readonly cell: Cell; readonly at: number; readonly grid: Grid },
  { view, by, times, pick }: Doing,
): HTMLElement {
  const atMs = grid.fromMs + at * grid.bucketMs
  const { word, sign } = levelOf(cell.severity)
  const isOn = isPicked(by, lane, view) && view.atMs === atMs
  const label = `${labelOf(lane, by)}, ${times.moment(atMs)}: ${word}, ${counted(cell.count, 'insight')}`
  return button(
    sign,
    () => pick(isOn ? { ...unpicked(by), atMs: null } : { ...by.filterFor(lane), atMs }),
    {
      class: `cell ${word}`,
      'data-key': `cell ${lane.name} ${lane.part ?? ''} ${atMs}`,
      'aria-label': label,
      'aria-pressed': String(isOn),
      title: label,
    },
  )
}
