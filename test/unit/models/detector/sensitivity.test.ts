import { describe, expect, it } from 'vitest'
import {
  accountBudget,
  organizationFor,
  rarityNeeded,
  sensitivity,
  withOverride,
} from '../../../../models/detector/sensitivity.ts'

describe('sensitivity', () => {
  it('splits the whole budget', () => {
    const shares = Object.values(sensitivity(2).shares)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('refuses a budget of nothing', () => {
    expect(() => sensitivity(0)).toThrow('invariant: an alarm budget is above 0, not 0')
  })
})

describe('rarityNeeded', () => {
  it.each([
    ['dense-calls', 0.6],
    ['pool-calls', 0.9],
    ['dense-errors', 0.1],
    ['pool-errors', 0.1],
    ['aggregates', 0.3],
  ] as const)('asks of %s what comes %d times a week at a budget of 2', (family, perWeek) => {
    expect(rarityNeeded(sensitivity(2), family)).toBeCloseTo(-Math.log(perWeek), 12)
  })
})

describe('budgets', () => {
  it('divide what the organisation is asked for', () => {
    expect(accountBudget({ account: 2, organization: 10 }, 3)).toBe(2)
    expect(accountBudget({ account: 2, organization: 10 }, 20)).toBe(0.5)
    expect(accountBudget({ account: 20, organization: 10 }, 0)).toBe(10)
  })

  it('are raised to what is asked of each account, never lowered', () => {
    expect(organizationFor({ account: 4, organization: 10 }, 3)).toBe(12)
    expect(organizationFor({ account: 1, organization: 10 }, 3)).toBe(10)
    expect(organizationFor({ account: 20, organization: 10 }, 0)).toBe(20)
  })
})

describe('withOverride', () => {
  it('changes what the override names, and nothing else', () => {
    const base = sensitivity(2)
    expect(withOverride(base, null)).toBe(base)
    expect(withOverride(base, { budgetTimes: 1, floors: {} })).toEqual(base)
    const changed = withOverride(base, { budgetTimes: 0.25, floors: { calls: 50 } })
    expect(changed).toEqual({ ...base, alarmBudget: 0.5, floors: { ...base.floors, calls: 50 } })
  })
})
