import type { Result } from '../measure/result.ts'
import { precisionOf } from '../measure/summary.ts'

const WIDTH = 760
const HEIGHT = 460
const LEFT = 60
const TOP = 40
const SIDE = 360
/** Okabe and Ito (2008): told apart by everyone. */
const COLOURS = [
  '#d55e00',
  '#0072b2',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#999999',
]

/** Precision over the share of labels found, one line per entrant, as SVG. */
export function precisionRecallSvg(results: readonly Result[], title: string): string {
  const order = [...results].sort((one, other) => other.area - one.area)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="14">${title}</text>`,
    ...axes(),
    ...order.map((result, place) => lineOf(result, place)),
    ...order.map((result, place) => legendOf(result, place)),
    '</svg>\n',
  ].join('\n')
}

const x = (share: number): string => (LEFT + share * SIDE).toFixed(1)
const y = (share: number): string => (TOP + (1 - share) * SIDE).toFixed(1)

function axes(): readonly string[] {
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  return [
    ...marks.map(
      (mark) =>
        `<path d="M${x(mark)} ${y(0)}V${y(1)}M${x(0)} ${y(mark)}H${x(1)}" stroke="#ddd" fill="none"/>` +
        `<text x="${x(mark)}" y="${TOP + SIDE + 18}" text-anchor="middle">${mark}</text>` +
        `<text x="${LEFT - 8}" y="${Number(y(mark)) + 4}" text-anchor="end">${mark}</text>`,
    ),
    `<text x="${x(0.5)}" y="${TOP + SIDE + 38}" text-anchor="middle">share of labelled anomalies found</text>`,
    `<text transform="translate(18 ${y(0.5)}) rotate(-90)" text-anchor="middle">precision</text>`,
  ]
}

const styleOf = (place: number): string =>
  `stroke="${COLOURS[place % COLOURS.length]}" stroke-dasharray="${['none', '6 3', '2 2'][Math.floor(place / COLOURS.length)] ?? '1 4'}" stroke-width="1.8" fill="none"`

/** Of each share found, the strictest threshold that reaches it. */
function lineOf({ curve }: Result, place: number): string {
  let reached = 0
  const path: string[] = []
  for (const point of curve.points) {
    if (point.hits <= reached) continue
    reached = point.hits
    const command = path.length === 0 ? 'M' : 'L'
    path.push(`${command}${x(reached / curve.labels)} ${y(precisionOf(point))}`)
  }
  return `<path d="${path.join('')}" ${styleOf(place)}/>`
}

function legendOf({ name, area }: Result, place: number): string {
  const top = TOP + 8 + place * 18
  const left = LEFT + SIDE + 24
  return (
    `<path d="M${left} ${top}h24" ${styleOf(place)}/>` +
    `<text x="${left + 32}" y="${top + 4}">${name} (${area.toFixed(2)})</text>`
  )
}
