import { describe, expect, it } from 'vitest'
import type { ApiCall } from '../../../../../../src/event/api-call.ts'
import { scopedReader } from '../../../../../../src/store/scoped-reader.ts'
import type { CountedDetails, StoreReader } from '../../../../../../src/store/store.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const ACCOUNT = '111111111111'
const DAY = MIDNIGHT_MS / 86_400_000

const CALLS: readonly Partial<ApiCall>[] = [
  { identity: 'bob' },
  { identity: 'bob', userAgent: 'console', timeMs: MIDNIGHT_MS + 90_000 },
  { identity: 'alice', eventName: 'StopInstances', errorCode: 'Denied' },
  { identity: null, userAgent: null, timeMs: MIDNIGHT_MS + 86_400_000 },
  // Counted before its window is past the cap of two, and after.
  ...['x', 'y', 'z'].map((identity) => ({ identity, timeMs: MIDNIGHT_MS + 900_000 })),
  { identity: 'eve', account: '222222222222' },
  // Takes the place of the first.
  { identity: 'mallory', replaces: anId(0) },
]

function filled(foldAt: number, order: readonly number[]) {
  const store = memoryStore({ foldAt, actorCap: 2 })
  for (const place of order) {
    const calls = [aCall({ ...CALLS[place], eventId: anId(place) })]
    store.commitObject(commitOf({ key: String(place), stampMs: null, calls }))
  }
  return store
}

function callsIn(store: StoreReader, untilDay = DAY + 2): readonly CountedDetails[] {
  const found: CountedDetails[] = []
  store.eachCall({ account: ACCOUNT, fromDay: DAY, untilDay }, (call) => found.push(call))
  return found
}

describe.each([1, 4, 1000])('eachCall, folded at %i changes', (foldAt) => {
  const places = CALLS.map((_, place) => place)

  it.each([
    ['as they came', places],
    ['the other way round', [...places].reverse()],
  ])('hands over what counts, once, with who made it: %s', (_, order) => {
    const found = callsIn(filled(foldAt, order)).map(
      ({ minute, day, errorCode, identity, agent }) => [
        ...[minute - DAY * 1440, day - DAY, errorCode, identity, agent],
      ],
    )
    expect(found.map((each) => JSON.stringify(each)).sort()).toEqual(
      [
        [0, 0, 'Denied', 'alice', 'terraform'],
        [0, 0, null, 'mallory', 'terraform'],
        [1, 0, null, 'bob', 'console'],
        [1440, 1, null, null, null],
        ...Array.from({ length: 3 }, () => [15, 0, null, null, 'terraform']),
      ]
        .map((each) => JSON.stringify(each))
        .sort(),
    )
  })

  it('adds up to the counts', () => {
    const store = filled(foldAt, places)
    const sums = new Map<string, number>()
    for (const { series, minute, code } of callsIn(store)) {
      const key = `${series} ${minute} ${code}`
      sums.set(key, (sums.get(key) ?? 0) + 1)
    }
    const { rows } = store.series({ account: [ACCOUNT] }, { limit: 10, after: null })
    const counted = rows.flatMap(({ ref }) => {
      const { minutes, codes, counts } = store.minuteCells(ref, 0, Number.MAX_SAFE_INTEGER)
      return [...minutes].map((minute, at) => [`${ref} ${minute} ${codes[at]}`, counts[at]])
    })
    expect([...sums].sort()).toEqual(counted.sort())
  })

  it('keeps to the days and to the accounts one may see', () => {
    const store = filled(foldAt, places)
    expect(callsIn(store, DAY + 1)).toHaveLength(callsIn(store).length - 1)
    expect(callsIn(scopedReader(store, ['222222222222']))).toEqual([])
    expect(callsIn(scopedReader(store, [ACCOUNT]))).toEqual(callsIn(store))
  })
})
