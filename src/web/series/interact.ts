import type uPlot from 'uplot'
import type { Span } from '../lanes/lanes.ts'
import type { Context } from '../shell/pane.ts'

const PAN_SHARE = 0.25
const MINUTE_MS = 60_000

/** Arrow keys pan, plus and minus zoom: from what was asked for last, also while it is on its way. */
export function keys(place: HTMLElement, spanNow: () => Span, go: Context['go']): void {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-PAN_SHARE, -PAN_SHARE],
    ArrowRight: [PAN_SHARE, PAN_SHARE],
    '+': [0.25, -0.25],
    '=': [0.25, -0.25],
    '-': [-0.5, 0.5],
  }
  place.addEventListener('keydown', (event) => {
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    go(moved(spanNow(), move), { replace: true })
  })
}

/** Dragging with shift pans; without, uPlot selects. A double click is two clicks. */
export function bindings(span: Span, go: Context['go']): uPlot.Cursor.Bind {
  return {
    mousedown: (plot, _target, handle) => (event) => {
      if (!event.shiftKey) handle(event)
      else pan(plot, event, span, go)
      return null
    },
    dblclick: () => () => null,
  }
}

function pan(plot: uPlot, down: MouseEvent, span: Span, go: Context['go']): void {
  const share = (event: MouseEvent) => (down.clientX - event.clientX) / plot.over.clientWidth
  const to = (event: MouseEvent) => moved(span, [share(event), share(event)])
  const show = (event: MouseEvent) => {
    const { fromMs, untilMs } = to(event)
    plot.setScale('x', { min: fromMs / 1000, max: untilMs / 1000 })
  }
  const ended = (event: MouseEvent) => {
    removeEventListener('mousemove', show)
    removeEventListener('mouseup', ended)
    if (event.clientX !== down.clientX) go(to(event))
  }
  addEventListener('mousemove', show)
  addEventListener('mouseup', ended)
}

function moved({ fromMs, untilMs }: Span, [first, last]: readonly [number, number]): Span {
  const length = untilMs - fromMs
  const whole = (ms: number) => Math.round(ms / MINUTE_MS) * MINUTE_MS
  return { fromMs: whole(fromMs + first * length), untilMs: whole(untilMs + last * length) }
}
