import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../../../src/base/settings.ts'
import { accountsDue, keepDecision, oweDecisions } from '../../../../src/pipeline/decided-with.ts'
import { detect } from '../../../../src/pipeline/scoring/detect.ts'
import type { Store } from '../../../../src/store/store.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../support/small-files.ts'
import { memoryStore } from '../../../support/temporary-store.ts'

const HOUR_MS = 3_600_000
const plain = settingsFrom(null)
const loud = settingsFrom({ alarmBudget: { account: 3 } })
const [ONE, TWO, THREE] = ['111111111111', '222222222222', '333333333333'] as const

/** Calls of accounts in some hour of a day. */
function deliver(store: Store, hour: number, accounts: readonly string[]): void {
  const calls = accounts.map((account, at) =>
    aCall({ account, eventId: anId(hour * 10 + at), timeMs: MIDNIGHT_MS + hour * HOUR_MS }),
  )
  store.commitObject(commitOf({ key: `hour-${hour}`, stampMs: null, calls }))
}

/** A store that tells which accounts are decided; and one that dies when it comes to an account. */
function told(store: Store, mortalAt?: string): { decided: string[]; store: Store } {
  const decided: string[] = []
  const replaceInsights: Store['replaceInsights'] = (account, insights) => {
    if (account === mortalAt) throw new Error('killed')
    decided.push(account)
    return store.replaceInsights(account, insights)
  }
  return { decided, store: { ...store, replaceInsights } }
}

async function decidedBy(store: Store, settings = plain): Promise<readonly string[]> {
  const { decided, store: telling } = told(store)
  await detect(telling, settings)
  return decided
}

describe('the accounts that a run decides', () => {
  it('are those with news; all where settings, accounts or the version changed', async () => {
    const store = memoryStore()
    deliver(store, 0, [ONE, TWO])
    expect(await decidedBy(store)).toEqual([ONE, TWO])
    expect(await decidedBy(store)).toEqual([])
    deliver(store, 1, [TWO])
    expect(await decidedBy(store)).toEqual([TWO])
    expect(await decidedBy(store, loud)).toEqual([ONE, TWO])
    deliver(store, 2, [THREE])
    expect(await decidedBy(store, loud)).toEqual([ONE, TWO, THREE])
    const basis = JSON.parse(store.meta('decided-with') ?? '')
    store.setMeta('decided-with', JSON.stringify({ ...basis, version: 'another' }))
    expect(await decidedBy(store, loud)).toEqual([ONE, TWO, THREE])
    store.close()
  })

  it('are owed by a run that is killed on the way, whatever the next one is told', async () => {
    const store = memoryStore()
    deliver(store, 0, [ONE, TWO])
    await decidedBy(store)
    const killed = told(store, TWO)
    await expect(detect(killed.store, loud)).rejects.toThrow('killed')
    expect(killed.decided).toEqual([ONE])
    expect(await decidedBy(store)).toEqual([ONE, TWO])
    expect(await decidedBy(store)).toEqual([])
    store.close()
  })

  it('are owed once each, until all are decided', () => {
    const store = memoryStore()
    deliver(store, 0, [ONE, TWO, THREE])
    keepDecision(store, plain)
    expect(accountsDue(store, plain)).toEqual([])
    oweDecisions(store, [TWO])
    oweDecisions(store, [ONE, TWO])
    oweDecisions(store, [])
    expect(accountsDue(store, plain)).toEqual([ONE, TWO])
    keepDecision(store, plain)
    expect(accountsDue(store, plain)).toEqual([])
    store.close()
  })
})
