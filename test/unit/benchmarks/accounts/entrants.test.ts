import { describe, expect, it, vi } from 'vitest'
import { reportMax28, scoreMax28 } from '../../../../benchmarks/quality/accounts/entrants/max28.ts'
import { lookOurs, reportOurs } from '../../../../benchmarks/quality/accounts/entrants/ours.ts'
import { withStore } from '../../../../benchmarks/quality/accounts/entrants/store-of.ts'
import { gather } from '../../../../benchmarks/quality/accounts/measure/reported.ts'
import type { AttackKind } from '../../../../benchmarks/quality/accounts/simulate/account-work.ts'
import { makeAccount } from '../../../../benchmarks/quality/accounts/simulate/make-account.ts'
import { settingsFrom } from '../../../../src/base/settings.ts'
import { isAlarm } from '../../../../src/insight/insight.ts'
import { standing } from '../../../../src/pipeline/delivery/deliver.ts'
import { detect } from '../../../../src/pipeline/scoring/detect.ts'
import { workOf } from './small-account.ts'

// The product looks at a whole account, and a machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const at = (window: number, count: number) => ({ window, who: 0, count })
const told = (cells: Parameters<typeof workOf>[0], multiple = 3): readonly number[] =>
  reportMax28(scoreMax28(workOf(cells)), multiple).map(({ startWindow }) => startWindow)

describe('max28', () => {
  it('tells of 20 calls in a window where there were none, and of no 19', () => {
    expect(told([at(5, 20)])).toEqual([5])
    expect(told([at(5, 19)])).toEqual([])
  })

  it('tells of more than three times the largest count before, however long ago in 28 days', () => {
    expect(told([at(5, 10), at(900, 30), at(2000, 91)])).toEqual([2000])
  })

  it('joins alarms within three hours', () => {
    expect(told([at(5, 20), at(30, 70), at(200, 300)])).toEqual([5, 200])
  })

  it('grows quieter with its multiple', () => {
    expect(told([at(5, 20), at(900, 70)], 3.2)).toEqual([900])
  })
})

describe('ours', async () => {
  const work = makeAccount({ seed: 1, kind: 'people', weeks: 10, attacked: true })
  const budgets = [0.1, 1, 20]
  const reports = await lookOurs(work, budgets)
  const labelled = (kind: AttackKind) => work.labels.find((label) => label.kind === kind)

  it('tells no less at a larger budget', () => {
    expect(reportOurs(reports, 20).length).toBeGreaterThan(reportOurs(reports, 0.1).length)
  })

  it('tells of the same attack with the attacker behind it', () => {
    const label = labelled('500 on a new API')
    const found = reportOurs(reports, 1).find(({ key }) => key === label?.keys[0])
    expect(found).toMatchObject({ principal: label?.principal, count: 500, purse: 'pool calls' })
  })

  it.each(['60 APIs x 2', '25 APIs denied'] as const)('tells of %s by their sum', (kind) => {
    const label = labelled(kind)
    const about = reportOurs(reports, 1).filter(({ purse }) => purse === 'aggregates')
    const found = about.find(({ principal, startWindow }) => {
      const late = startWindow - (label?.startWindow ?? 0)
      return principal === label?.principal && late >= 0 && late < 12
    })
    expect(found).toMatchObject({ isAggregate: true, direction: 'up' })
  })

  it('joins incidents as the product does', async () => {
    const incidents = gather(reportOurs(reports, 20)).map(({ members }) =>
      members.map(({ id }) => id).sort(),
    )
    const groups = new Map<string, string[]>()
    await withStore(work, async (store) => {
      await detect(store, settingsFrom({ alarmBudget: { account: 20, organization: 20 } }))
      for (const { id, incident } of [...standing(store)].filter(isAlarm)) {
        groups.set(incident, [...(groups.get(incident) ?? []), id].sort())
      }
    })
    expect(incidents.sort()).toEqual([...groups.values()].sort())
  })

  it('reports the same from the same account', async () => {
    const again = makeAccount({ seed: 1, kind: 'people', weeks: 10, attacked: true })
    expect(await lookOurs(again, budgets)).toEqual(reports)
  })

  it('knows nothing of a budget it was not asked for', () => {
    expect(() => reportOurs(reports, 2)).toThrow('was not asked for 2')
  })
})
