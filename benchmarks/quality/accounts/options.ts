import { parseArgs } from 'node:util'
import type { Ablation } from '../ablations/ablation.ts'
import { ABLATIONS } from '../ablations/ablations.ts'
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
  /** A part of the model to be left out, and the other arguments; null: none. */
  readonly without: { readonly ablation: Ablation; readonly args: readonly string[] } | null
}

export const USAGE = `usage: npm run bench:accounts -- [options]
  --seeds LIST     numbers with commas, or "development" (default) or "held-back"
  --kinds LIST     of ${ACCOUNT_KINDS.join(', ')} (default: all)
  --weeks N        weeks per account (default 10)
  --budgets LIST   incidents a week asked for (default 0.5,1,2,3)
  --no-attacks     clean accounts only
  --without NAME   the product without a part of its model, such as no-week-climb (see the ablations of bench:quality)
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
      without: { type: 'string' },
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
    without: values.without === undefined ? null : withoutPart(values.without, args),
  }
}

function withoutPart(name: string, args: readonly string[]): Options['without'] {
  const ablation = ABLATIONS.find((each) => each.name === name)
  if (ablation === undefined) {
    const names = ABLATIONS.map((each) => each.name).join(', ')
    throw new Error(`no ablation is called ${name}: --without is one of ${names}`)
  }
  const at = args.findIndex((arg) => arg === '--without' || arg.startsWith('--without='))
  return { ablation, args: args.toSpliced(at, args[at] === '--without' ? 2 : 1) }
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
