import { organizationFor } from '../../../models/index.ts'
import { Fault } from '../../base/fault.ts'
import { type Settings, settingsFrom } from '../../base/settings.ts'

/** One setting and its value, by path: `alarmBudget.account`, 0.5. */
export type Change = readonly [path: string, value: number | string]

/** What decides and never teaches: only these can be turned on history as it was learned. */
const DECIDES = /^(profile|alarmBudget\.\w+|shares\.\w+|floors\.\w+)$/
const ACCOUNT_BUDGET = 'alarmBudget.account'
const ORGANIZATION_BUDGET = 'alarmBudget.organization'

/**
 * Settings with some of them changed. A budget asked for one account is not held down by that of the organisation: it is raised
 * to `accounts` times as much, unless it is changed itself. Throws `USAGE` for what cannot be turned on history, and
 * `SETTINGS_INVALID` for values out of range.
 */
export function changedSettings(
  settings: Settings,
  changes: readonly Change[],
  accounts: number,
): Settings {
  const raw = structuredClone(settings) as Record<string, unknown>
  for (const [path, value] of changes) put(raw, path, value)
  const asked = changes.find(([path]) => path === ACCOUNT_BUDGET)
  if (asked !== undefined && !changes.some(([path]) => path === ORGANIZATION_BUDGET)) {
    const { organization } = settings.alarmBudget
    const budgets = { account: Number(asked[1]), organization }
    put(raw, ORGANIZATION_BUDGET, organizationFor(budgets, accounts))
  }
  return settingsFrom(raw)
}

/** Every combination of `path=value,value` choices, in order; the last one turns fastest. Throws `USAGE`. */
export function gridOf(choices: readonly string[], most: number): readonly (readonly Change[])[] {
  let grid: readonly (readonly Change[])[] = [[]]
  for (const choice of choices) {
    const [path = '', list = ''] = choice.split('=', 2)
    const values = list.split(',').map((value) => value.trim())
    if (!DECIDES.test(path) || values.includes('')) throw notAChoice(choice)
    grid = grid.flatMap((changes) =>
      values.map((value): readonly Change[] => [...changes, [path, numberOr(value)]]),
    )
  }
  if (grid.length > most) {
    throw new Fault('USAGE', `${grid.length} combinations are too many: ${most} at most`)
  }
  return grid
}

function numberOr(value: string): number | string {
  const number = Number(value)
  return Number.isNaN(number) ? value : number
}

function put(raw: Record<string, unknown>, path: string, value: number | string): void {
  const [first = '', second] = path.split('.')
  if (second === undefined) raw[first] = value
  else (raw[first] as Record<string, unknown>)[second] = value
}

function notAChoice(choice: string): Fault {
  return new Fault(
    'USAGE',
    `'${choice}' is nothing to turn: write alarmBudget.account=0.5,1,2 or floors.calls=5,10 (alarmBudget, shares, floors and profile decide; other settings would need the counts scored again)`,
  )
}
