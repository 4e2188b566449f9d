import { describe, expect, it } from 'vitest'
import { CallerBreadth } from '../../../../../src/pipeline/aggregates/caller-breadth.ts'
import { CallerDays } from '../../../../../src/pipeline/aggregates/caller-days.ts'

const DAY = 1440

/** Calls as `caller api minute`; what was counted, by caller, in windows of five minutes. */
function countedIn(calls: readonly string[], fromMinute = 0): Readonly<Record<string, unknown>> {
  const breadth = new CallerBreadth({ fromMinute, windowMinutes: 5 })
  const days = new CallerDays((day) => breadth.add(day))
  for (const call of calls) {
    const [identity = '', api = '', minute] = call.split(' ')
    days.add({ identity, api, minute: Number(minute) })
  }
  days.end()
  return Object.fromEntries(
    [...breadth.sums()].map(([identity, sums]) => {
      const { at, count } = sums.counts()
      return [identity, [...at].map((window, cell) => [window, count[cell]])]
    }),
  )
}

describe('CallerBreadth', () => {
  it('counts the APIs a caller turns to, by window', () => {
    const calls = ['a ec2:A 10', 'a ec2:B 12', 'a ec2:A 14', 'a ec2:C 20', 'b ec2:A 21']
    expect(countedIn(calls)).toEqual({
      ...{
        a: [
          [2, 2],
          [4, 1],
        ],
        b: [[4, 1]],
      },
    })
  })

  it('counts an API again after half an hour without it, in whatever order calls come', () => {
    expect(countedIn(['a ec2:A 90', 'a ec2:A 10', 'a ec2:A 35', 'a ec2:A 60'])).toEqual({
      a: [
        [2, 1],
        [18, 1],
      ],
    })
  })

  it('remembers across midnight, and what came before the minutes asked for', () => {
    const calls = [`a ec2:A ${DAY - 10}`, `a ec2:A ${DAY + 15}`, `a ec2:B ${DAY + 15}`]
    expect(countedIn(calls, DAY)).toEqual({ a: [[DAY / 5 + 3, 1]] })
  })

  it('forgets at midnight what was half an hour ago, and nothing younger', () => {
    const again = (before: number) => [`a ec2:A ${DAY - before}`, `a ec2:A ${DAY}`]
    expect(countedIn(again(30), DAY)).toEqual({ a: [[DAY / 5, 1]] })
    expect(countedIn(again(29), DAY)).toEqual({})
  })
})
