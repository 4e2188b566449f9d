import { organizationFor } from '../../../models/index.ts'
import type { Deciding } from '../api/answers.ts'

/** A number that can be turned. */
export interface Knob {
  readonly group: 'alarmBudget' | 'shares' | 'floors'
  readonly name: string
  readonly label: string
  /** What it stands at, from the least. */
  readonly stops: readonly number[]
}

const BUDGETS = [0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20]
const COUNTS = [1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000]
const RATIOS = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20, 50, 100]
const SHARES = Array.from({ length: 21 }, (_, twentieths) => twentieths / 20)

export const BUDGET: Knob = {
  ...{ group: 'alarmBudget', name: 'account', stops: BUDGETS },
  label: 'Incidents a week and account',
}

const floor = (name: string, label: string, stops: readonly number[] = COUNTS): Knob => ({
  ...{ group: 'floors', name, label, stops },
})
export const FLOORS: readonly Knob[] = [
  floor('calls', 'Calls of a rarely used API'),
  floor('ratio', '… and times what is expected', RATIOS),
  floor('errors', 'Errors of a rarely used API'),
  floor('denseCalls', 'Calls over (under) what is expected of a busy API'),
  floor('denseErrors', 'Errors over what is expected of a busy API'),
  floor('distinct', 'Different APIs over what is expected'),
  floor('newcomers', 'First-seen APIs'),
  floor('denials', 'Denied calls'),
  floor('breadth', 'Different APIs of one caller'),
]

const share = (name: string, label: string): Knob => ({
  ...{ group: 'shares', name, label, stops: SHARES },
})
export const SHARE_KNOBS: readonly Knob[] = [
  share('denseCalls', 'Calls of busy APIs'),
  share('poolCalls', 'Calls of rarely used APIs'),
  share('denseErrors', 'Errors of busy APIs'),
  share('poolErrors', 'Errors of rarely used APIs'),
  share('aggregates', 'Sums over many APIs'),
]

const ALL = [BUDGET, ...FLOORS, ...SHARE_KNOBS]

/** The setting's path in the file. */
export const pathOf = ({ group, name }: Knob): string => `${group}.${name}`

/** What a knob stands at. */
export const standsAt = (settings: Deciding, { group, name }: Knob): number =>
  settings[group][name] ?? 0

/** The knob's stops with the settings' own among them. */
export function stopsOf(knob: Knob, settings: Deciding): readonly number[] {
  return [...new Set([...knob.stops, standsAt(settings, knob)])].sort((a, b) => a - b)
}

/** Settings with a knob turned; the organisation's budget never holds down what is asked of each account. */
export function turned(settings: Deciding, knob: Knob, value: number, accounts: number): Deciding {
  const group = { ...settings[knob.group], [knob.name]: value }
  if (knob === BUDGET) {
    const { organization = 0 } = settings.alarmBudget
    group['organization'] = organizationFor({ account: value, organization }, accounts)
  }
  return { ...settings, [knob.group]: group }
}

/** Every difference from the settings in force, as text: `alarmBudget.account=0.5,floors.calls=20`; null: none. */
export function tunedText(base: Deciding, settings: Deciding): string | null {
  const turnedKnobs = ALL.filter((knob) => standsAt(settings, knob) !== standsAt(base, knob))
  const parts = turnedKnobs.map((knob) => `${pathOf(knob)}=${standsAt(settings, knob)}`)
  if (settings.profile !== base.profile) parts.unshift(`profile=${settings.profile}`)
  return parts.length === 0 ? null : parts.join(',')
}

/** The settings in force with the differences of such a text; what is no setting or no fitting number is left out. */
export function settingsFrom(base: Deciding, text: string | null, accounts: number): Deciding {
  let settings = base
  for (const part of (text ?? '').split(',')) {
    const [path = '', value = ''] = part.split('=', 2)
    if (path === 'profile' && (value === 'offtrail' || value === 'insights')) {
      settings = { ...settings, profile: value }
    }
    const knob = ALL.find((each) => pathOf(each) === path)
    const number = value === '' ? Number.NaN : Number(value)
    if (knob !== undefined && fits(knob, number)) {
      settings = turned(settings, knob, number, accounts)
    }
  }
  return settings
}

function fits({ group }: Knob, value: number): boolean {
  if (group === 'shares') return value >= 0 && value <= 1
  return value > 0 && value <= (group === 'alarmBudget' ? 100 : 1e6)
}
