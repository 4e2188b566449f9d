import { describe, expect, it } from 'vitest'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const WINDOW_MS = 300_000

/** alice and bob in the first window, alice denied in the second, three agents (past the cap) in the third. */
function filled(foldAt: number) {
  const store = memoryStore({ foldAt, actorCap: 2 })
  const calls = [
    aCall({ identity: 'bob', eventId: anId(1) }),
    aCall({ identity: 'alice', eventId: anId(2) }),
    aCall({
      identity: 'alice',
      eventId: anId(3),
      timeMs: MIDNIGHT_MS + WINDOW_MS,
      errorCode: 'Denied',
    }),
    ...['x', 'y', 'z'].map((userAgent, i) =>
      aCall({
        identity: null,
        userAgent,
        eventId: anId(10 + i),
        timeMs: MIDNIGHT_MS + 2 * WINDOW_MS,
      }),
    ),
  ]
  for (const call of calls)
    store.commitObject(commitOf({ key: call.eventId, stampMs: null, calls: [call] }))
  const series = store.series({}, { limit: 1, after: null }).rows[0]?.ref ?? -1
  const windows = (from: number, until: number) => ({
    series,
    fromMs: MIDNIGHT_MS + from * WINDOW_MS,
    untilMs: MIDNIGHT_MS + until * WINDOW_MS,
  })
  return { store, windows }
}

describe.each([1, 1000])('actors, folded at %i changes', (foldAt) => {
  it('are counted over whole windows, by value in order', () => {
    const { store, windows } = filled(foldAt)
    const { identity, agent, resource } = store.actors(windows(0, 2))
    expect([...(identity ?? [])]).toEqual([
      ['alice', 2],
      ['bob', 1],
    ])
    expect(agent).toEqual(new Map([['terraform', 3]]))
    expect(resource).toEqual(new Map())
    expect(store.actors(windows(1, 2)).identity).toEqual(new Map([['alice', 1]]))
    store.close()
  })

  it('are counted for one error code alone', () => {
    const { store, windows } = filled(foldAt)
    const denied = { ...windows(0, 2), errorCode: 'Denied' }
    expect(store.actors(denied).identity).toEqual(new Map([['alice', 1]]))
    expect(store.actors({ ...denied, errorCode: 'Unknown' }).identity).toEqual(new Map())
    store.close()
  })

  it('are withheld for the kind that is past the cap in one of the windows, and only there', () => {
    const { store, windows } = filled(foldAt)
    expect(store.actors(windows(0, 3))).toMatchObject({
      agent: null,
      identity: new Map([
        ['alice', 2],
        ['bob', 1],
      ]),
    })
    expect(store.actors(windows(2, 3)).identity).toEqual(new Map())
    expect(store.actors(windows(3, 9)).agent).toEqual(new Map())
    store.close()
  })
})
