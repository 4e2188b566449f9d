import type uPlot from 'uplot'
import { colourOf } from '../shell/theme.ts'
import { levelOf } from '../state/severity.ts'
import type { View } from '../state/view.ts'
import type { Seen } from './load.ts'

/** Draws over a chart: how long each insight lasted, a diamond at its peak, and the moment that is explained. */
export function drawMarkers(
  plot: uPlot,
  { insights, points, span }: Seen,
  { atMs, errorCode }: Pick<View, 'atMs' | 'errorCode'>,
): void {
  const { ctx: pen, bbox } = plot
  const x = (ms: number) =>
    Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(ms / 1000, 'x', true)))
  pen.save()
  for (const insight of insights.filter((each) => each.errorCode === errorCode)) {
    const startMs = Date.parse(insight.startTime)
    const endMs = insight.endTime === null ? span.untilMs : Date.parse(insight.endTime)
    if (endMs < span.fromMs || startMs > span.untilMs) continue
    pen.fillStyle = colourOf(`--${levelOf(insight.severity).word}`)
    pen.globalAlpha = 0.18
    pen.fillRect(x(startMs), bbox.top, Math.max(2, x(endMs) - x(startMs)), bbox.height)
    pen.globalAlpha = 1
    const inside = points.filter(({ time }) => within(Date.parse(time), startMs, endMs))
    const peak = Math.max(
      insight.direction === 'down' ? insight.expected : 0,
      ...inside.map(({ count }) => count),
    )
    const peakAt = inside.find(({ count }) => count === peak)
    diamond(
      pen,
      x(peakAt === undefined ? startMs : Date.parse(peakAt.time)),
      plot.valToPos(peak, 'y', true),
    )
  }
  if (atMs !== null && within(atMs, span.fromMs, span.untilMs)) {
    pen.strokeStyle = colourOf('--text')
    pen.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio])
    pen.beginPath()
    pen.moveTo(x(atMs), bbox.top)
    pen.lineTo(x(atMs), bbox.top + bbox.height)
    pen.stroke()
  }
  pen.restore()
}

function within(ms: number, fromMs: number, untilMs: number): boolean {
  return ms >= fromMs && ms < untilMs
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number): void {
  const size = 6 * devicePixelRatio
  pen.beginPath()
  pen.moveTo(x, y - size)
  pen.lineTo(x + size, y)
  pen.lineTo(x, y + size)
  pen.lineTo(x - size, y)
  pen.closePath()
  pen.fill()
}
