import type { Settings } from '../base/settings.ts'
import { type Judged, overridesFor } from './overrides.ts'

/** One value that decides about a series, and what set it. */
export interface Effective {
  readonly path: string
  readonly value: number
  /** `settings`: the file or its defaults; else the override that stands, counted from 1. */
  readonly from: string
}

const FLOORS = ['calls', 'ratio', 'errors', 'denseCalls', 'denseErrors'] as const

/** Every value that decides about a series, with the rule that set it: of several overrides the last one that names it. */
export function effectiveFor(settings: Settings, judged: Judged): readonly Effective[] {
  const matching = overridesFor(settings.overrides, judged)
  const source = (found: { place: number } | undefined): string =>
    found === undefined ? 'settings' : `override ${found.place + 1}`
  const budget = matching.findLast(({ override }) => override.budgetTimes !== undefined)
  return [
    { path: 'alarmBudget.account', value: settings.alarmBudget.account, from: 'settings' },
    { path: 'budgetTimes', value: budget?.override.budgetTimes ?? 1, from: source(budget) },
    ...FLOORS.map((name): Effective => {
      const set = matching.findLast(({ override }) => override.floors?.[name] !== undefined)
      const value = set?.override.floors?.[name] ?? settings.floors[name]
      return { path: `floors.${name}`, value, from: source(set) }
    }),
  ]
}
