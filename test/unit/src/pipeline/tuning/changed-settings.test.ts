import { describe, expect, it } from 'vitest'
import { changedSettings, gridOf } from '../../../../../src/pipeline/tuning/changed-settings.ts'
import { DEFAULTS } from '../../../../support/pipeline-world.ts'

describe('gridOf', () => {
  it('is every combination, the last turning fastest', () => {
    expect(gridOf(['alarmBudget.account=1,2', 'floors.calls=5, 10'], 10)).toEqual([
      [
        ['alarmBudget.account', 1],
        ['floors.calls', 5],
      ],
      [
        ['alarmBudget.account', 1],
        ['floors.calls', 10],
      ],
      [
        ['alarmBudget.account', 2],
        ['floors.calls', 5],
      ],
      [
        ['alarmBudget.account', 2],
        ['floors.calls', 10],
      ],
    ])
  })

  it('is one unchanged setting where nothing is chosen', () => {
    expect(gridOf([], 10)).toEqual([[]])
  })

  it.each([
    'windowMinutes=5',
    'floors=1',
    'floors.calls',
    'floors.calls=',
    'floors.calls=1,,2',
    '=1',
  ])('refuses %s', (choice) => {
    expect(() => gridOf([choice], 10)).toThrow('is nothing to turn')
  })

  it('refuses more combinations than anyone waits for', () => {
    expect(() => gridOf(['floors.calls=1,2,3', 'floors.ratio=1,2,3'], 8)).toThrow('9 combinations')
  })
})

describe('changedSettings', () => {
  it('changes what is named and nothing else', () => {
    const changed = changedSettings(
      DEFAULTS,
      [
        ['floors.calls', 7],
        ['profile', 'insights'],
      ],
      3,
    )
    expect(changed).toEqual({
      ...DEFAULTS,
      profile: 'insights',
      floors: { ...DEFAULTS.floors, calls: 7 },
    })
    expect(DEFAULTS.floors.calls).toBe(10)
  })

  it.each([
    [3, 3, 10],
    [4, 3, 12],
    [20, 0, 20],
  ])('lets %d a week for each of %d accounts come to %d for all', (account, accounts, all) => {
    const changed = changedSettings(DEFAULTS, [['alarmBudget.account', account]], accounts)
    expect(changed.alarmBudget).toMatchObject({ account, organization: all })
  })

  it('holds to a budget of the organisation that was asked for', () => {
    const changes = [
      ['alarmBudget.organization', 2],
      ['alarmBudget.account', 4],
    ] as const
    expect(changedSettings(DEFAULTS, changes, 3).alarmBudget.organization).toBe(2)
  })

  it.each([
    ['alarmBudget.account', 0],
    ['floors.calls', 1.5],
    ['floors.what', 1],
    ['profile', 'loud'],
  ] as const)('refuses %s=%s', (path, value) => {
    expect(() => changedSettings(DEFAULTS, [[path, value]], 1)).toThrow('settings:')
  })
})
