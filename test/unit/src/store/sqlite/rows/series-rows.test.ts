import { describe, expect, it } from 'vitest'
import { seriesId } from '../../../../../../src/bucket/series-key.ts'
import { everyPage } from '../../../../../../src/store/every-page.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const MINUTE = MIDNIGHT_MS / 60_000

function filled(foldAt: number) {
  const store = memoryStore({ foldAt })
  const names = ['B', 'A', '\ud800', '__proto__', 'z']
  for (const [i, eventName] of names.entries()) {
    const calls = [
      aCall({ eventName, eventId: anId(2 * i), region: `r${i % 2}`, readOnly: true }),
      aCall({
        eventName,
        eventId: anId(2 * i + 1),
        region: `r${i % 2}`,
        timeMs: MIDNIGHT_MS + 60_000,
        errorCode: 'E',
      }),
    ]
    store.commitObject(commitOf({ key: eventName, stampMs: null, calls }))
  }
  return store
}

describe.each([1, 1000])('series, folded at %i changes', (foldAt) => {
  it('come in the order of their names on pages of any size', () => {
    const store = filled(foldAt)
    const whole = [...everyPage((page) => store.series({}, page))].map(
      ({ region, eventName }) => region + eventName,
    )
    expect(whole).toEqual(['r0B', 'r0z', 'r0\ud800', 'r1A', 'r1__proto__'])
    const byOne = everyPage((page) => store.series({}, { ...page, limit: 1 }))
    expect([...byOne].map(({ region, eventName }) => region + eventName)).toEqual(whole)
    store.close()
  })

  it('are found by id, by number and by name, with their totals', () => {
    const store = filled(foldAt)
    const key = aCall({ eventName: '\ud800', region: 'r0' })
    const found = store.seriesById(seriesId(key))
    expect(found).toMatchObject({ eventName: '\ud800', calls: 2, errors: 1, reads: 1 })
    expect(found).toMatchObject({ firstMinute: MINUTE, lastMinute: MINUTE + 1 })
    expect(store.seriesByRef(found?.ref ?? -1)).toEqual(found)
    const named = store.series(
      { eventName: ['\ud800', 'A'], region: ['r0'] },
      { limit: 9, after: null },
    )
    expect(named).toEqual({ rows: [found], next: null })
    expect(store.seriesById('0000000000000000')).toBeUndefined()
    store.close()
  })

  it('know their cells in any span, and when each code was first seen', () => {
    const store = filled(foldAt)
    const ref = store.series({ eventName: ['A'] }, { limit: 1, after: null }).rows[0]?.ref ?? -1
    const cells = (from: number, until: number) => {
      const { minutes, codes, counts } = store.minuteCells(ref, from, until)
      return Array.from(minutes, (minute, i) => [
        minute - MINUTE,
        store.codeNames()[codes[i] ?? 0],
        counts[i],
      ])
    }
    expect(cells(0, Number.MAX_SAFE_INTEGER)).toEqual([
      [0, null, 1],
      [1, 'E', 1],
    ])
    expect(cells(MINUTE + 1, MINUTE + 2)).toEqual([[1, 'E', 1]])
    expect(cells(MINUTE, MINUTE + 1)).toEqual([[0, null, 1]])
    const code = store.codeNames().indexOf('E')
    expect(store.codeFirstMinutes(ref)).toEqual(
      new Map([
        [0, MINUTE],
        [code, MINUTE + 1],
      ]),
    )
    store.close()
  })
})
