import uPlot from 'uplot'
import { element } from '../dom/element.ts'
import { report } from '../report/report-data.ts'
import type { Context } from '../shell/pane.ts'
import { colourOf } from '../shell/theme.ts'
import type { Times } from '../state/times.ts'
import { drawBands } from './hatch.ts'
import { bindings, keys } from './interact.ts'
import { keyOf, sayPoint } from './key.ts'
import type { Seen } from './load.ts'
import { drawMarkers } from './markers.ts'
import { countAxis, countScale } from './scale.ts'

/** A drawn chart. */
export interface Chart {
  readonly plot: uPlot
  readonly root: HTMLElement
  /** What its lines mean. */
  readonly key: HTMLElement
  /** Takes the width there is; once it stands in the page. */
  readonly fit: () => void
  readonly end: () => void
}

const HEIGHT = 320
const HINT = `Drag to zoom, drag with Shift to pan${report === null ? ', click to ask why' : ''}.`

/** Counts over their expectation and band, with what was raised marked. Dragging zooms, with shift pans, a click explains. */
export function chart(
  name: string,
  seen: Seen,
  context: Context,
  spanNow: () => Seen['span'],
): Chart {
  const place = element('div', {
    ...{ class: 'chart', tabindex: 0, role: 'group', 'data-key': 'chart' },
    'aria-label': `Chart of ${name}: left and right pan, plus and minus zoom`,
  })
  const readout = element('p', { class: 'readout', 'aria-hidden': 'true' }, HINT)
  const plot = new uPlot(optionsOf(seen, context, readout), dataOf(seen), place)
  // The table below the chart says the same to those who do not see it.
  for (const canvas of place.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true')
  plot.over.addEventListener('click', () => {
    const at = plot.cursor.idx
    const point = at === null || at === undefined ? undefined : seen.points[at]
    if (point !== undefined) context.go({ atMs: Date.parse(point.time) })
  })
  keys(place, spanNow, context.go)
  const fit = () =>
    place.clientWidth > 0 && plot.setSize({ width: place.clientWidth, height: HEIGHT })
  const watch = new ResizeObserver(fit)
  watch.observe(place)
  return {
    ...{ plot, fit, key: keyOf(seen) },
    root: element('div', {}, place, readout),
    end: () => {
      watch.disconnect()
      plot.destroy()
    },
  }
}

function dataOf({ points, before }: Seen): uPlot.AlignedData {
  return [
    points.map(({ time }) => Date.parse(time) / 1000),
    points.map(({ high }) => high),
    points.map(({ low }) => low),
    points.map(({ count }) => count),
    points.map(({ expected }) => expected),
    points.map(({ time }) => before?.get(Date.parse(time)) ?? null),
  ]
}

function optionsOf(seen: Seen, context: Context, readout: HTMLElement): uPlot.Options {
  const { span, points } = seen
  const { times, go, view } = context
  const paths = uPlot.paths.stepped?.({ align: 1 })
  const line = (label: string, stroke: string, width: number): uPlot.Series => ({
    ...{ label, stroke, width, points: { show: false } },
    ...(paths !== undefined && { paths }),
  })
  const [text, grid] = [colourOf('--quiet'), colourOf('--line')]
  const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } }
  return {
    ...{ width: 600, height: HEIGHT, legend: { show: false }, padding: [12, 30, 0, 0] },
    tzDate: (seconds) =>
      uPlot.tzDate(new Date(seconds * 1000), times.zone === 'UTC' ? 'Etc/UTC' : times.zone),
    scales: {
      x: { time: true, auto: false, min: span.fromMs / 1000, max: span.untilMs / 1000 },
      y: countScale(view.scale),
    },
    axes: [
      { ...axis, values: (_plot, splits) => timeLabels(splits, times) },
      { ...axis, ...countAxis(view.scale) },
    ],
    bands: [{ series: [1, 2], fill: colourOf('--band') }],
    series: [
      {},
      line('high', colourOf('--band'), 0),
      line('low', colourOf('--band'), 0),
      line('calls', colourOf('--count'), 1.5),
      { ...line('expected', colourOf('--expected'), 2), dash: [6, 4] },
      { ...line('a week before', colourOf('--quiet'), 1), dash: [2, 3] },
    ],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, bind: bindings(span, go) },
    hooks: {
      drawClear: [(plot) => drawBands(plot, seen.bands)],
      draw: [(plot) => drawMarkers(plot, seen, view)],
      setCursor: [
        ({ cursor }) => {
          const point = points[cursor.idx ?? -1]
          readout.textContent = point === undefined ? HINT : sayPoint(point, seen, times)
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select
          if (width < 2) return
          const at = (x: number) => Math.round(plot.posToVal(x, 'x') / 60) * 60_000
          go({ fromMs: at(left), untilMs: at(left + width) })
        },
      ],
    },
  }
}

/** The day where it begins and at the first tick, else the time. */
function timeLabels(splits: readonly number[], times: Times): string[] {
  return splits.map((seconds, at) => {
    const time = times.field(seconds * 1000).slice(11)
    if (time === '00:00') return times.day(seconds * 1000)
    return at === 0 ? times.short(seconds * 1000) : time
  })
}
