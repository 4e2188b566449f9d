import type { Grid, Span } from './lanes.ts'

const LEAST_PIXELS = 6

/** Lets a span of time be chosen by dragging over the lanes. */
export function brush(place: HTMLElement, grid: Grid, choose: (span: Span) => void): void {
  place.addEventListener('pointerdown', (down) => {
    const area = areaOf(place)
    if (area === null || down.button !== 0 || down.clientX < area.left) return
    const mark = document.createElement('div')
    mark.className = 'brush'
    let isDrag = false
    const moved = ({ clientX }: PointerEvent) => {
      if (!isDrag && Math.abs(clientX - down.clientX) < LEAST_PIXELS) return
      if (!isDrag) place.append(mark)
      isDrag = true
      const [left, right] = edges(down.clientX, clientX, area)
      const origin = place.getBoundingClientRect().left - place.scrollLeft
      mark.style.left = `${left - origin}px`
      mark.style.width = `${right - left}px`
    }
    const ended = ({ clientX, type }: PointerEvent) => {
      removeEventListener('pointermove', moved)
      removeEventListener('pointerup', ended)
      removeEventListener('pointercancel', ended)
      mark.remove()
      if (!isDrag || type === 'pointercancel') return
      // The click that ends a drag picks nothing.
      place.addEventListener('click', (event) => event.stopPropagation(), {
        capture: true,
        once: true,
      })
      choose(spanBetween(edges(down.clientX, clientX, area), area, grid))
    }
    addEventListener('pointermove', moved)
    addEventListener('pointerup', ended)
    addEventListener('pointercancel', ended)
  })
}

interface Area {
  readonly left: number
  readonly right: number
}

/** Where the columns of buckets lie on the screen. */
function areaOf(place: HTMLElement): Area | null {
  const cells = place.querySelectorAll('tbody tr:first-child td')
  const [first, last] = [cells[0], cells[cells.length - 1]]
  if (first === undefined || last === undefined) return null
  return { left: first.getBoundingClientRect().left, right: last.getBoundingClientRect().right }
}

function edges(one: number, other: number, { left, right }: Area): readonly [number, number] {
  const inside = (x: number) => Math.min(right, Math.max(left, x))
  return [inside(Math.min(one, other)), inside(Math.max(one, other))]
}

/** Whole buckets. */
function spanBetween([from, until]: readonly [number, number], area: Area, grid: Grid): Span {
  const width = (area.right - area.left) / grid.count
  const first = Math.floor((from - area.left) / width)
  const end = Math.max(first + 1, Math.ceil((until - area.left) / width))
  return {
    fromMs: grid.fromMs + first * grid.bucketMs,
    untilMs: grid.fromMs + Math.min(grid.count, end) * grid.bucketMs,
  }
}
