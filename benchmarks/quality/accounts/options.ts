import { parseArgs } from 'node:util'
import { DEVELOPMENT_SEEDS, HELD_BACK_SEEDS } from './seeds.ts'
import { ACCOUNT_KINDS, type AccountKind } from './simulate/account-work.ts'

/** What to measure, and what to tell. */
export interface Options {
  readonly seeds: readonly number[]
  readonly kinds: readonly AccountKind[]
  readonly weeks: number
  /** Incidents per account-week asked for. */
  readonly budgets: readonly number[]
  readonly offenders: boolean
  /** Also measures attacked accounts. */
  readonly attacks: boolean
  readonly json: string | null
}

export const USAGE = `usage: npm run bench:accounts -- [options]
  --seeds LIST     numbers with commas, or "development" (default) or "held-back"
  --kinds LIST     of ${ACCOUNT_KINDS.join(', ')} (default: all)
  --weeks N        weeks per account (default 10)
  --budgets LIST   incidents a week asked for (default 0.5,1,2,3)
  --no-attacks     clean accounts only
  --offenders      what made the noise at the largest budget
  --json FILE      everything measured, for machines
`

/** Reads the command line. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: 'development' },
      kinds: { type: 'string', default: ACCOUNT_KINDS.join(',') },
      weeks: { type: 'string', default: '10' },
      budgets: { type: 'string', default: '0.5,1,2,3' },
      'no-attacks': { type: 'boolean', default: false },
      offenders: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  return {
    seeds: seedsOf(values.seeds),
    kinds: values.kinds.split(',').map(kindOf),
    weeks: numberOf(values.weeks),
    budgets: values.budgets.split(',').map(numberOf),
    offenders: values.offenders,
    attacks: !values['no-attacks'],
    json: values.json ?? null,
  }
}

function seedsOf(text: string): readonly number[] {
  if (text === 'development') return DEVELOPMENT_SEEDS
  if (text === 'held-back') return HELD_BACK_SEEDS
  return text.split(',').map(numberOf)
}

function kindOf(text: string): AccountKind {
  const kind = ACCOUNT_KINDS.find((each) => each === text)
  if (kind === undefined) throw new Error(`no kind of account is called ${text}`)
  return kind
}

function numberOf(text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new Error(`a number above 0 was expected, not ${text}`)
  return number
}
