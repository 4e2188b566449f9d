import type uPlot from 'uplot'
import { download } from '../dom/download.ts'
import { colourOf } from '../shell/theme.ts'

const TITLE_PIXELS = 28

/** Saves what a chart shows as a picture, under a title. */
export function savePng(plot: uPlot, title: string): void {
  const from = plot.ctx.canvas
  const scale = devicePixelRatio
  const made = document.createElement('canvas')
  made.width = from.width
  made.height = from.height + TITLE_PIXELS * scale
  const pen = made.getContext('2d')
  if (pen === null) return
  pen.fillStyle = colourOf('--page')
  pen.fillRect(0, 0, made.width, made.height)
  pen.fillStyle = colourOf('--text')
  pen.font = `${14 * scale}px system-ui, sans-serif`
  pen.fillText(title, 8 * scale, 19 * scale)
  pen.drawImage(from, 0, TITLE_PIXELS * scale)
  made.toBlob((blob) => blob !== null && download(blob, `${fileName(title)}.png`), 'image/png')
}

function fileName(title: string): string {
  return title.replace(/[^\w.-]+/g, '-').slice(0, 100)
}
