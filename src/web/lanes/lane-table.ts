import { button, element } from '../dom/element.ts'
import { makeStop, rove } from '../dom/roving.ts'
import { levelOf } from '../state/severity.ts'
import type { Times } from '../state/times.ts'
import { counted } from '../state/words.ts'
import type { Cell, Grid, Lane } from './lanes.ts'

/** What is picked out of the lanes: a service, one of its APIs, a bucket. */
export interface Pick {
  readonly service: string | null
  readonly api: string | null
  readonly atMs: number | null
}

interface Doing {
  readonly picked: Pick
  readonly open: ReadonlySet<string>
  readonly times: Times
  readonly pick: (pick: Pick) => void
  readonly toggle: (service: string) => void
}

const TICKS = 8

/** Lanes as a table: a row for each, a column for each bucket, and a button wherever something was. */
export function laneTable(lanes: readonly Lane[], grid: Grid, doing: Doing): HTMLElement {
  const body = element('tbody', {}, ...lanes.map((lane) => rowOf(lane, grid, doing)))
  const made = element(
    'table',
    { class: 'lanes' },
    element('caption', { class: 'unseen' }, 'The highest severity by service and time'),
    axis(grid, doing.times),
    body,
  )
  rove(body, 'button.cell', { isGrid: true })
  const cells = [...body.querySelectorAll<HTMLElement>('button.cell')]
  makeStop(cells, cells.find((cell) => cell.ariaPressed === 'true') ?? cells[0])
  return made
}

/** A heading for every few columns. */
function axis(grid: Grid, times: Times): HTMLElement {
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
    element('tr', {}, element('th', { scope: 'col', class: 'name' }, 'Service'), ...heads),
  )
}

function rowOf(lane: Lane, grid: Grid, doing: Doing): HTMLElement {
  const { service, api } = lane
  const { picked } = doing
  const isPicked = picked.service === service && picked.api === api
  const name = button(
    api ?? service,
    () => doing.pick({ service, api, atMs: null, ...(isPicked && { service: null, api: null }) }),
    {
      class: 'plain',
      'data-key': `name ${service} ${api ?? ''}`,
      'aria-pressed': String(isPicked),
    },
  )
  const cells = Array.from({ length: grid.count }, (_, at) => {
    const cell = lane.cells.get(at)
    return element('td', {}, cell !== undefined && cellButton(lane, { cell, at, grid }, doing))
  })
  return element(
    'tr',
    { class: api === null ? null : 'api' },
    element('th', { scope: 'row', class: 'name' }, api === null && opener(service, doing), name),
    ...cells,
  )
}

function opener(service: string, { open, toggle }: Doing): HTMLElement {
  const isOpen = open.has(service)
  return button(isOpen ? '▾' : '▸', () => toggle(service), {
    class: 'plain opener',
    'data-key': `open ${service}`,
    'aria-expanded': String(isOpen),
    'aria-label': `APIs of ${service}`,
  })
}

function cellButton(
  { service, api }: Lane,
  { cell, at, grid }: { readonly cell: Cell; readonly at: number; readonly grid: Grid },
  { picked, times, pick }: Doing,
): HTMLElement {
  const atMs = grid.fromMs + at * grid.bucketMs
  const { word, sign } = levelOf(cell.severity)
  const isPicked = picked.service === service && picked.api === api && picked.atMs === atMs
  const label = `${api ?? service}, ${times.moment(atMs)}: ${word}, ${counted(cell.count, 'insight')}`
  return button(
    sign,
    () => pick(isPicked ? { service: null, api: null, atMs: null } : { service, api, atMs }),
    {
      class: `cell ${word}`,
      'data-key': `cell ${service} ${api ?? ''} ${atMs}`,
      'aria-label': label,
      'aria-pressed': String(isPicked),
      title: label,
    },
  )
}
