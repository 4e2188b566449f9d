import uPlot from 'uplot'
import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import { colourOf } from '../shell/theme.ts'
import { numberText } from '../state/words.ts'

/** What one budget brings, incidents a week and account. */
export interface FrontierPoint {
  readonly asked: number
  readonly got: number
  /** Shares of labels, 0 to 1; null without labels. */
  readonly recall: number | null
}

const SIZE = { width: 420, height: 240 }

/** What is asked for against what comes, with the rest of the settings as they are turned; the budget that is chosen marked. */
export function frontier(
  points: readonly FrontierPoint[],
  chosen: number,
): { readonly root: HTMLElement; readonly end: () => void } {
  const place = element('div', { class: 'chart', 'aria-hidden': 'true' })
  const plot = new uPlot(optionsOf(points, chosen), dataOf(points, chosen), place)
  const hasLabels = points.some(({ recall }) => recall !== null)
  const rows = points.map(({ asked, got, recall }) => [
    ...[numberText(asked), got.toFixed(2)],
    ...(hasLabels ? [recall === null ? '—' : `${Math.round(recall * 100)} %`] : []),
  ])
  const columns = ['asked for', 'came', ...(hasLabels ? ['labels caught'] : [])]
  return {
    root: element(
      'section',
      { 'aria-label': 'Asked and got' },
      element('h2', {}, 'Asked and got'),
      element('p', { class: 'quiet' }, 'Incidents a week and account, by budget. Dashed: alike.'),
      place,
      element(
        'details',
        {},
        element('summary', {}, 'As a table'),
        table(
          'Incidents a week and account',
          columns.map((head) => ({ head, isNumber: true })),
          rows,
        ),
      ),
    ),
    end: () => plot.destroy(),
  }
}

function dataOf(points: readonly FrontierPoint[], chosen: number): uPlot.AlignedData {
  return [
    points.map(({ asked }) => asked),
    points.map(({ asked }) => asked),
    points.map(({ got }) => got),
    points.map(({ asked, got }) => (asked === chosen ? got : null)),
  ]
}

function optionsOf(points: readonly FrontierPoint[], chosen: number): uPlot.Options {
  const asked = points.map((point) => point.asked)
  const [text, grid] = [colourOf('--text'), colourOf('--line')]
  const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } }
  const decimal = (_plot: uPlot, splits: readonly (number | null)[]) =>
    splits.map((value) => (value === null ? '' : numberText(value)))
  return {
    ...{ ...SIZE, legend: { show: false }, cursor: { show: false }, padding: [12, 16, 0, 0] },
    scales: {
      x: { time: false, distr: 3, range: () => [asked[0] ?? 0.1, asked.at(-1) ?? 20] },
      y: { range: () => [0, 1.15 * Math.max(0.1, ...points.map(({ got }) => got))] },
    },
    axes: [
      { ...axis, values: decimal, label: 'asked', labelSize: 20 },
      { ...axis, size: 48, label: 'came', labelSize: 20 },
    ],
    series: [
      {},
      { stroke: colourOf('--expected'), width: 1.5, dash: [6, 4], points: { show: false } },
      { stroke: colourOf('--count'), width: 2, points: { show: true, size: 5 } },
      {
        ...{ label: String(chosen), stroke: colourOf('--major'), width: 0 },
        points: { show: true, size: 12, fill: colourOf('--major') },
      },
    ],
  }
}
