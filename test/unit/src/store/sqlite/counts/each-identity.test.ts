import { describe, expect, it } from 'vitest'
import type { ApiCall } from '../../../../../../src/event/api-call.ts'
import type { IdentityCalls } from '../../../../../../src/store/store.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const MINUTE = MIDNIGHT_MS / 60_000
const DAY = 1440

const CALLS: readonly Partial<ApiCall>[] = [
  { identity: 'bob' },
  { identity: 'bob', timeMs: MIDNIGHT_MS + 60_000 },
  { identity: 'alice', eventName: 'StopInstances', errorCode: 'Denied' },
  { identity: 'alice', timeMs: MIDNIGHT_MS + 86_400_000 },
  { identity: null, timeMs: MIDNIGHT_MS + 600_000 },
  // Past the cap of two.
  ...['x', 'y', 'z'].map((identity) => ({ identity, timeMs: MIDNIGHT_MS + 900_000 })),
  { identity: 'eve', account: '222222222222' },
]

function filled(foldAt: number) {
  const store = memoryStore({ foldAt, actorCap: 2 })
  CALLS.forEach((parts, place) => {
    const calls = [aCall({ ...parts, eventId: anId(place) })]
    store.commitObject(commitOf({ key: String(place), stampMs: null, calls }))
  })
  const ask = (fromMinute: number, untilMinute: number) => {
    const found: (readonly unknown[])[] = []
    const take = ({ series, minute, identity, errorCode, calls }: IdentityCalls) => {
      const { eventName } = store.seriesByRef(series) ?? {}
      found.push([eventName, minute - MINUTE, identity, errorCode, calls])
    }
    store.eachIdentity({ account: '111111111111', fromMinute, untilMinute }, take)
    return found.sort()
  }
  return { store, ask }
}

describe.each([1, 4, 1000])('eachIdentity, folded at %i changes', (foldAt) => {
  it('hands over an account’s calls by identity, without windows past the cap', () => {
    const { store, ask } = filled(foldAt)
    expect(ask(MINUTE - DAY, MINUTE + 3 * DAY)).toEqual([
      ['RunInstances', 0, 'bob', null, 2],
      ['RunInstances', DAY, 'alice', null, 1],
      ['StopInstances', 0, 'alice', 'Denied', 1],
    ])
    expect(ask(MINUTE + 5, MINUTE + 3 * DAY)).toEqual([['RunInstances', DAY, 'alice', null, 1]])
    expect(ask(MINUTE, MINUTE)).toEqual([])
    store.close()
  })
})
