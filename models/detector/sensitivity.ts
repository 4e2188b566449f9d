import { invariant } from '../invariant.ts'
import type { Family } from './score.ts'

/** What the user turns, in the user's units. */
export interface Sensitivity {
  /** Incidents per week asked for in the whole account, above 0. */
  readonly alarmBudget: number
  /** How the budget is split; shares of it, 0 to 1. */
  readonly shares: {
    readonly denseCalls: number
    readonly poolCalls: number
    readonly denseErrors: number
    readonly poolErrors: number
    readonly aggregates: number
  }
  /** What an anomaly is at least, however surprising. */
  readonly floors: {
    /** Calls, and times what is expected, where less than a call an hour is. */
    readonly calls: number
    readonly ratio: number
    /** Errors of a sparse series. */
    readonly errors: number
    /** Away from what is expected, of a dense series. */
    readonly denseCalls: number
    readonly denseErrors: number
    /** Aggregates: different APIs more than expected, first-seen APIs, denied calls. */
    readonly distinct: number
    readonly newcomers: number
    readonly denials: number
    /** Different APIs of one caller in half an hour. */
    readonly breadth: number
  }
}

const SHARE_OF: Readonly<Record<Family, keyof Sensitivity['shares']>> = {
  'dense-calls': 'denseCalls',
  'pool-calls': 'poolCalls',
  'dense-errors': 'denseErrors',
  'pool-errors': 'poolErrors',
  aggregates: 'aggregates',
}

/**
 * The sensitivity that an alarm budget means when nothing else is turned.
 * @throws Error where the budget is not above 0.
 * @example
 * sensitivity(2).floors.calls // => 10
 */
export function sensitivity(alarmBudget: number): Sensitivity {
  invariant(alarmBudget > 0, `an alarm budget is above 0, not ${alarmBudget}`)
  return {
    alarmBudget,
    shares: {
      denseCalls: 0.3,
      poolCalls: 0.45,
      denseErrors: 0.05,
      poolErrors: 0.05,
      aggregates: 0.15,
    },
    floors: {
      ...{ calls: 10, ratio: 2, errors: 5, denseCalls: 3, denseErrors: 2 },
      ...{ distinct: 10, newcomers: 5, denials: 5, breadth: 30 },
    },
  }
}

/**
 * How rare in the account a score must be before anyone is told: -ln of the family's part of the budget.
 * @example
 * rarityNeeded(sensitivity(20), 'dense-errors') // => -0
 */
export function rarityNeeded({ alarmBudget, shares }: Sensitivity, family: Family): number {
  return -Math.log(alarmBudget * shares[SHARE_OF[family]])
}

/** What an account may be asked for, incidents a week: its own budget, or its part of an organisation's, whichever is stricter. */
export interface Budgets {
  readonly account: number
  readonly organization: number
}

/**
 * The budget of one account among `accounts` that are known.
 * @example
 * accountBudget({ account: 2, organization: 10 }, 20) // => 0.5
 */
export function accountBudget({ account, organization }: Budgets, accounts: number): number {
  return Math.min(account, organization / Math.max(1, accounts))
}

/**
 * The budget of the organisation that does not hold down what is asked for one account of `accounts`: as it was, or raised.
 * @example
 * organizationFor({ account: 4, organization: 10 }, 3) // => 12
 */
export function organizationFor({ account, organization }: Budgets, accounts: number): number {
  return Math.max(organization, account * Math.max(1, accounts))
}

/** What is turned for some series only; floors that are left out stay. */
export interface SensitivityOverride {
  /** The account's budget times this, above 0. */
  readonly budgetTimes: number
  readonly floors: Partial<Sensitivity['floors']>
}

/** A sensitivity with an override laid over it; null: none. */
export function withOverride(base: Sensitivity, override: SensitivityOverride | null): Sensitivity {
  if (override === null) return base
  const { budgetTimes, floors } = override
  return {
    ...base,
    alarmBudget: base.alarmBudget * budgetTimes,
    floors: { ...base.floors, ...floors },
  }
}
