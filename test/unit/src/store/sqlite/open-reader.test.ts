import { describe, expect, it } from 'vitest'
import { canonicalHash, canonicalLines } from '../../../../../src/store/canonical.ts'
import { openReader } from '../../../../../src/store/sqlite/open-reader.ts'
import { openStore } from '../../../../../src/store/sqlite/open-store.ts'
import { aCall, anId, commitOf } from '../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER } from '../../../../support/temporary-store.ts'

const fileOf = (i: number) =>
  commitOf({ key: `${i}`, stampMs: null, calls: [aCall({ eventId: anId(i) })] })

describe('openReader', () => {
  it('sees every commit of another connection whole, folded or not', () => {
    atTemporaryPath((path) => {
      const store = openStore(path, { ...HOLDER, foldAt: 5 })
      const reader = openReader(path)
      for (let i = 1; i <= 12; i++) {
        store.commitObject(fileOf(i))
        const { counted } = reader.totals()
        const { cellCalls, seriesCalls, events } = reader.audit()
        expect([counted, cellCalls, seriesCalls, events]).toEqual([i, i, i, i])
        expect(canonicalHash(reader)).toBe(canonicalHash(store))
      }
      reader.close()
      store.close()
    })
  })

  it('answers several questions from one state while a writer goes on', () => {
    atTemporaryPath((path) => {
      const store = openStore(path, HOLDER)
      store.commitObject(fileOf(1))
      const reader = openReader(path)
      reader.snapshot(() => {
        expect(reader.totals().counted).toBe(1)
        store.commitObject(fileOf(2))
        store.finishRun(store.beginRun(0), 1, {})
        expect(reader.totals().counted).toBe(1)
        expect(reader.series({}, { limit: 9, after: null }).rows[0]?.calls).toBe(1)
        expect(
          [...canonicalLines(reader)].filter((line) => line.startsWith('object')),
        ).toHaveLength(1)
      })
      expect(reader.totals().counted).toBe(2)
      reader.close()
      store.close()
    })
  })
})
