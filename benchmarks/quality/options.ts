import { parseArgs } from 'node:util'
import { wholeNumber } from '../command-line.ts'
import { DEFAULT_SIZE, type WorkOrder } from './scenario/make-work.ts'
import { SHAPES } from './scenario/shapes/shapes.ts'
import { DEVELOPMENT_SEEDS } from './seeds.ts'

/** What the command line asks for. */
export interface Options {
  readonly seeds: readonly number[]
  /** Null: all of them. */
  readonly entrants: readonly string[] | null
  readonly ablations: boolean
  readonly size: Omit<WorkOrder, 'seed'>
  readonly json: string | null
  readonly csv: string | null
  readonly figure: string | null
  /** Real series instead of simulated ones. */
  readonly nab: boolean
}

export const USAGE = `usage: npm run bench:quality -- [options]
  --seeds LIST     numbers with commas (default: the first development seed)
  --full           all development seeds
  --small          a quarter of the series
  --shape NAME     series of this shape only; on-the-hour is not in the mix
  --entrants LIST  only these
  --ablations      our model beside variants of it without one part each
  --nab            the count-like files of the Numenta Anomaly Benchmark instead
  --figure FILE    precision over the share of anomalies found, as SVG
  --csv FOLDER     writes the works as tables, a folder per seed, and measures nothing
  --json FILE      every point of every curve
`

/** Reads the arguments; one seed by default, all development seeds with `--full`. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      entrants: { type: 'string' },
      shape: { type: 'string' },
      ablations: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      small: { type: 'boolean', default: false },
      json: { type: 'string' },
      csv: { type: 'string' },
      figure: { type: 'string' },
      nab: { type: 'boolean', default: false },
    },
  })
  const seeds = values.full ? DEVELOPMENT_SEEDS : DEVELOPMENT_SEEDS.slice(0, 1)
  return {
    seeds: values.seeds?.split(',').map((text) => wholeNumber('--seeds', text)) ?? seeds,
    entrants: values.entrants?.split(',') ?? null,
    ablations: values.ablations,
    size: {
      ...(values.small ? { hourly: 44, fineMinute5: 11, weeks: 5 } : DEFAULT_SIZE),
      shape: values.shape === undefined ? null : shapeNamed(values.shape),
    },
    json: values.json ?? null,
    csv: values.csv ?? null,
    figure: values.figure ?? null,
    nab: values.nab,
  }
}

function shapeNamed(asked: string): string {
  const names = SHAPES.map(({ name }) => name)
  if (names.includes(asked)) return asked
  throw new Error(`there is no shape ${asked}: --shape is one of ${names.join(', ')}`)
}
