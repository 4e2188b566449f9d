import { aftermathOf } from '../measure/aftermath.ts'
import { breakdown, type Found, falseBy } from '../measure/breakdown.ts'
import { calibrationOf } from '../measure/calibration.ts'
import { type Judgement, judge } from '../measure/judge.ts'
import { QUOTED_BUDGET, type Result } from '../measure/result.ts'
import type { Track } from '../measure/track.ts'
import { table } from './table.ts'

/** False events per series-week that legitimate changes are looked at for. */
const CHANGE_BUDGET = 0.05

/** What one entrant finds, by kind and strength, and on what it raises false events. */
export function detailsOf({ name, judgement }: Result, tracks: readonly Track[]): string {
  const strengths = ['low', 'medium', 'high'] as const
  const cells = breakdown(tracks, judgement, ({ kind, strength }) => `${kind} ${strength}`)
  const kinds = breakdown(tracks, judgement, ({ kind }) => kind)
  const cell = (found: Found | undefined): string =>
    found === undefined ? '-' : `${found.hits}/${found.labels}`
  const ofStrength = breakdown(tracks, judgement, ({ strength }) => strength)
  const rows = kinds.map((kind) => [
    kind.name,
    ...strengths.map((each) => cell(cells.find((one) => one.name === `${kind.name} ${each}`))),
    cell(kind),
  ])
  const all = strengths.map((each) => cell(ofStrength.find((one) => one.name === each)))
  const pasts = breakdown(tracks, judgement, (_, { series }) =>
    series.contaminated ? 'contaminated' : 'clean',
  )
  const shapes = breakdown(tracks, judgement, (_, { series }) => series.shape)
  return [
    `\n${name} at ${QUOTED_BUDGET} false events per series-week: labels hit\n`,
    table([['kind', ...strengths, 'all'], ...rows, ['all', ...all, '']]),
    `by past: ${pasts.map((past) => `${past.name} ${cell(past)}`).join(', ')}\n`,
    `by shape: ${shapes.map((shape) => `${shape.name} ${cell(shape)}`).join(', ')}\n`,
    ...falseLines(judgement),
  ].join('')
}

const NOISIEST = 6

/** Where the false events are: on which shapes, and on which series most. */
function falseLines(judgement: Judgement): readonly string[] {
  const list = (counts: readonly (readonly [string, number])[]): string =>
    counts.map(([name, count]) => `${name} ${count}`).join(', ')
  const byShape = falseBy(judgement, ({ series, metric }) => `${series.shape} ${metric}`)
  const byKey = falseBy(judgement, ({ series, metric }) => `${series.key} ${metric}`)
  return [`false events: ${list(byShape)}\n`, `most on keys: ${list(byKey.slice(0, NOISIEST))}\n`]
}

/** Whether a model that promises a rate of false events keeps to it, also after legitimate changes. */
export function promisesOf(name: string, tracks: readonly Track[]): string {
  const rows = calibrationOf(tracks).map(({ asked, falseEvents, measured, low, high }) => [
    String(asked),
    measured.toFixed(4),
    `${low.toFixed(4)}-${high.toFixed(4)}`,
    String(falseEvents),
  ])
  const atPromise = judge(tracks, -Math.log(CHANGE_BUDGET))
  return [
    `\n${name}: false events per series-week, asked and measured\n`,
    table([['asked', 'measured', '95 %', 'events'], ...rows]),
    `at ${CHANGE_BUDGET} asked:\n`,
    ...falseLines(atPromise),
    `\n${name}: false events on calls after legitimate changes, ${CHANGE_BUDGET} asked\n`,
    table([
      ['change', 'changes', 'in 72 h, each', 'later, a week'],
      ...aftermathOf(tracks, atPromise).map(({ kind, changes, perChange, perWeekAfter }) => [
        kind,
        String(changes),
        perChange.toFixed(2),
        perWeekAfter.toFixed(2),
      ]),
    ]),
  ].join('')
}
