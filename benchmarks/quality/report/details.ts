import { aftermathOf } from '../measure/aftermath.ts'
import { breakdown, type Found, falseByShape } from '../measure/breakdown.ts'
import { calibrationOf } from '../measure/calibration.ts'
import { judge } from '../measure/judge.ts'
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
  const shapes = breakdown(tracks, judgement, (_, { series }) => series.shape)
  return [
    `\n${name} at ${QUOTED_BUDGET} false events per series-week: labels hit\n`,
    table([['kind', ...strengths, 'all'], ...rows, ['all', ...all, '']]),
    `by shape: ${shapes.map((shape) => `${shape.name} ${cell(shape)}`).join(', ')}\n`,
    `false events: ${falseByShape(judgement)
      .map(([shape, count]) => `${shape} ${count}`)
      .join(', ')}\n`,
  ].join('')
}

/** Whether a model that promises a rate of false events keeps to it, also after legitimate changes. */
export function promisesOf(name: string, tracks: readonly Track[]): string {
  const rows = calibrationOf(tracks).map(({ asked, falseEvents, measured, low, high }) => [
    String(asked),
    measured.toFixed(4),
    `${low.toFixed(4)}-${high.toFixed(4)}`,
    String(falseEvents),
  ])
  const settled = aftermathOf(tracks, judge(tracks, -Math.log(CHANGE_BUDGET)))
  return [
    `\n${name}: false events per series-week, asked and measured\n`,
    table([['asked', 'measured', '95 %', 'events'], ...rows]),
    `\n${name}: false events on calls after legitimate changes, ${CHANGE_BUDGET} asked\n`,
    table([
      ['change', 'changes', 'in 72 h, each', 'later, a week'],
      ...settled.map(({ kind, changes, perChange, perWeekAfter }) => [
        kind,
        String(changes),
        perChange.toFixed(2),
        perWeekAfter.toFixed(2),
      ]),
    ]),
  ].join('')
}
