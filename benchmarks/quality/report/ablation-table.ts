import type { Bands } from '../measure/bands.ts'
import { calibrationOf } from '../measure/calibration.ts'
import type { Result } from '../measure/result.ts'
import { BUDGETS } from '../measure/summary.ts'
import type { Track } from '../measure/track.ts'
import { table } from './table.ts'

/** Budgets at which the share of labels found is compared, … */
const POD_AT: readonly number[] = [0.02, 0.1]
/** …and false events asked for at which those measured are. */
const ASKED: readonly number[] = [0.02, 0.1, 0.5]

/** A variant of our model, or the whole of it: how well it did, and on what. */
export interface Measured {
  readonly result: Result
  readonly tracks: readonly Track[]
  readonly bands: Bands
}

/** One line per variant, beside the whole model where that is among them. */
export function ablationTable(variants: readonly Measured[]): string {
  const whole = variants.find(({ result }) => result.name === 'ours')?.result.area
  return table([
    [
      'model',
      'AUPRC',
      'diff',
      ...POD_AT.map((at) => `@${at}`),
      ...ASKED.map((at) => `asked ${at}`),
      'above 1 %',
    ],
    ...variants.map(({ result, tracks, bands }) => [
      result.name,
      result.area.toFixed(3),
      whole === undefined ? '-' : signed(result.area - whole),
      ...POD_AT.map((at) => (result.pod[BUDGETS.indexOf(at)] as number).toFixed(2)),
      ...measuredAt(tracks),
      bands.buckets === 0 ? '-' : `${((100 * bands.above) / bands.buckets).toFixed(2)} %`,
    ]),
  ])
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`

function measuredAt(tracks: readonly Track[]): readonly string[] {
  const rows = calibrationOf(tracks).filter(({ asked }) => ASKED.includes(asked))
  return rows.map(({ measured }) => measured.toFixed(4))
}
