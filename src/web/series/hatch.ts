import type uPlot from 'uplot'
import { element } from '../dom/element.ts'
import { colourOf } from '../shell/theme.ts'
import { type Band, type BandKind, kindsIn } from './bands.ts'

/** Side of a tile, CSS pixels. */
const TILE = 8
/** Height of a strip along the top, for what concerns a part of the calls only; CSS pixels. */
const STRIP = 12

type Stroke = readonly [fromX: number, fromY: number, untilX: number, untilY: number]

/** What is drawn on a tile, in its own size: told apart without its colour. */
const HATCHES: Readonly<Record<BandKind, { colour: string; strokes: readonly Stroke[] }>> = {
  suppressed: { colour: '--mute', strokes: [[-1, 9, 9, -1]] },
  dropped: { colour: '--mute', strokes: [[4, 0, 4, 8]] },
  partly: { colour: '--mute', strokes: [[-1, 9, 9, -1]] },
  unreported: { colour: '--calendar', strokes: [[0, 4, 8, 4]] },
  unlearned: { colour: '--calendar', strokes: [[3, 4, 5, 4]] },
  excluded: {
    colour: '--calendar',
    strokes: [
      [0, 4, 8, 4],
      [4, 0, 4, 8],
    ],
  },
  gap: {
    colour: '--gap',
    strokes: [
      [-1, 9, 9, -1],
      [-1, -1, 9, 9],
    ],
  },
}

/** Shades bands; to be drawn before all else. */
export function drawBands(plot: uPlot, bands: readonly Band[]): void {
  const { ctx: pen, bbox } = plot
  const x = (ms: number) =>
    Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(ms / 1000, 'x', true)))
  const { min = 0, max = 0 } = plot.scales['x'] ?? {}
  pen.save()
  for (const kind of kindsIn(bands)) {
    const fill = pen.createPattern(tileOf(kind), 'repeat')
    if (fill === null) continue
    const height = kind === 'partly' ? STRIP * devicePixelRatio : bbox.height
    for (const { fromMs, untilMs } of bands.filter((band) => band.kind === kind)) {
      if (untilMs / 1000 <= (min ?? 0) || fromMs / 1000 >= (max ?? 0)) continue
      const [left, right] = [x(fromMs), x(untilMs)]
      pen.fillStyle = fill
      pen.fillRect(left, bbox.top, Math.max(2, right - left), height)
    }
  }
  pen.restore()
}

/** A piece of the shading, for legends. */
export function swatch(kind: BandKind): HTMLElement {
  const made = element('canvas', { class: 'mark hatch', 'aria-hidden': 'true' })
  const [width, height] = [24 * devicePixelRatio, 14 * devicePixelRatio]
  Object.assign(made, { width, height })
  const pen = made.getContext('2d')
  const fill = pen?.createPattern(tileOf(kind), 'repeat') ?? null
  if (pen !== null && fill !== null) {
    pen.fillStyle = fill
    pen.fillRect(0, 0, width, kind === 'partly' ? height / 2 : height)
  }
  return made
}

function tileOf(kind: BandKind): HTMLCanvasElement {
  const { colour, strokes } = HATCHES[kind]
  const tile = document.createElement('canvas')
  tile.width = tile.height = TILE * devicePixelRatio
  const pen = tile.getContext('2d')
  if (pen === null) return tile
  pen.scale(tile.width / TILE, tile.height / TILE)
  pen.fillStyle = pen.strokeStyle = colourOf(colour)
  pen.globalAlpha = 0.12
  pen.fillRect(0, 0, TILE, TILE)
  pen.globalAlpha = 0.55
  pen.beginPath()
  for (const [fromX, fromY, untilX, untilY] of strokes) {
    pen.moveTo(fromX, fromY)
    pen.lineTo(untilX, untilY)
  }
  pen.lineWidth = kind === 'unlearned' ? 2 : 1
  pen.stroke()
  return tile
}
