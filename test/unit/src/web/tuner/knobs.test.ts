import { describe, expect, it } from 'vitest'
import { settingsFrom as settingsOfEngine } from '../../../../../src/base/settings.ts'
import { changedSettings, gridOf } from '../../../../../src/pipeline/tuning/changed-settings.ts'
import type { Deciding } from '../../../../../src/web/api/answers.ts'
import {
  BUDGET,
  FLOORS,
  pathOf,
  SHARE_KNOBS,
  settingsFrom,
  stopsOf,
  tunedText,
  turned,
} from '../../../../../src/web/tuner/knobs.ts'
import { backtestLine, yamlOf } from '../../../../../src/web/tuner/yaml.ts'

const DEFAULTS = settingsOfEngine(null)
const base: Deciding = DEFAULTS

describe('the knobs', () => {
  it('are every number of the engine that decides, and no other', () => {
    const { newApis: _, organization: __, ...budget } = DEFAULTS.alarmBudget
    const paths = [
      ...Object.keys(budget).map((name) => `alarmBudget.${name}`),
      ...Object.keys(DEFAULTS.floors).map((name) => `floors.${name}`),
      ...Object.keys(DEFAULTS.shares).map((name) => `shares.${name}`),
    ]
    expect([BUDGET, ...FLOORS, ...SHARE_KNOBS].map(pathOf).sort()).toEqual(paths.sort())
  })

  it('can stand where the settings are', () => {
    const odd = { ...base, alarmBudget: { account: 0.7, organization: 10 } }
    expect(stopsOf(BUDGET, odd)).toContain(0.7)
    expect(stopsOf(BUDGET, base)).toEqual(BUDGET.stops)
  })
})

describe('what is turned', () => {
  it.each([
    'alarmBudget.account=8',
    'alarmBudget.account=0.5,floors.calls=50,shares.aggregates=0.3',
    'profile=insights,floors.breadth=1000',
  ])('as text is what the engine makes of it: %s', (text) => {
    const settings = settingsFrom(base, text, 3)
    const [changes = []] = gridOf(text.split(','), 1)
    const { profile, alarmBudget, shares, floors, windowMinutes } = changedSettings(
      DEFAULTS,
      changes,
      3,
    )
    expect(settings).toMatchObject({ profile, alarmBudget, shares, floors, windowMinutes })
    expect(tunedText(base, settings)).toBe(text)
    expect(backtestLine(base, text)).toBe(
      `offtrail backtest${text
        .split(',')
        .map((part) => ` --grid ${part}`)
        .join('')}`,
    )
  })

  it('is nothing where a link says nothing that fits', () => {
    const wrong =
      'alarmBudget.account=-1,floors.calls=,shares.aggregates=2,profile=x,a.b=1,=,floors.x'
    expect(settingsFrom(base, wrong, 3)).toEqual(base)
    expect(settingsFrom(base, null, 3)).toEqual(base)
    expect(tunedText(base, base)).toBeNull()
    expect(backtestLine(base, null)).toBe('offtrail backtest --grid profile=offtrail')
  })

  it('leaves no trace of a budget that was turned back', () => {
    const up = turned(base, BUDGET, 20, 3)
    expect(up.alarmBudget).toMatchObject({ account: 20, organization: 60 })
    const back = settingsFrom(base, tunedText(base, turned(up, BUDGET, 2, 3)), 3)
    expect(back).toEqual(base)
  })
})

describe('the settings file', () => {
  it('holds what is different, as the engine reads it', () => {
    const settings = settingsFrom(base, 'profile=insights,alarmBudget.account=8,floors.calls=20', 3)
    expect(yamlOf(base, settings)).toBe(
      'profile: insights\nalarmBudget:\n  account: 8\n  organization: 24\nfloors:\n  calls: 20\n',
    )
    expect(yamlOf(base, base)).toBe('# as the settings in force\n')
  })
})
