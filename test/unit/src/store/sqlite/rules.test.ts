import { expect, it } from 'vitest'
import { openStore } from '../../../../../src/store/sqlite/open-store.ts'
import { aCall, commitOf } from '../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER } from '../../../../support/temporary-store.ts'

it('scores everything again for another detection window', () => {
  atTemporaryPath((path) => {
    const store = openStore(path, { ...HOLDER, windowMinutes: 5 })
    store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [aCall()] }))
    const [news] = store.accounts()
    const nothing = { scores: [], aggregateScores: [], expectations: [], baselines: [] }
    const scored = store.watermarks()
    store.commitDetection({
      ...{ account: '111111111111', fromDay: 0, scored, laws: [{ day: 1, law: {} }] },
      ...nothing,
    })
    expect(store.accounts()[0]?.dirtyMinute).toBeNull()
    store.close()
    const again = openStore(path, { ...HOLDER, windowMinutes: 60 })
    expect(again.law('111111111111', 1)).toBeNull()
    expect(again.accounts()[0]?.dirtyMinute).toBe(news?.firstMinute)
    expect(again.accounts()[0]?.regions[0]?.scoredMs).toBeNull()
    again.close()
  })
})

it('keeps counting actors as it began, and gives the lock back when it refuses', () => {
  atTemporaryPath((path) => {
    openStore(path, { ...HOLDER, actorCap: 100 }).close()
    expect(() => openStore(path, { ...HOLDER, actorCap: 101 })).toThrow(
      'made with actorCap: 100, not 101',
    )
    expect(() => openStore(path, { ...HOLDER, actorCap: 100, windowMinutes: 1 })).toThrow(
      'actors in windows of 5, not 1',
    )
    openStore(path, { ...HOLDER, actorCap: 100, windowMinutes: 15 }).close()
  })
})
