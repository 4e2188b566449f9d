import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seriesText } from '../../../../../src/bucket/series-key.ts'
import { canonicalHash } from '../../../../../src/store/canonical.ts'
import { countRows } from '../../../../../src/store/count-rows.ts'
import { checkStore } from '../../../../../src/store/doctor.ts'
import { allSeries } from '../../../../../src/store/every-page.ts'
import { openStore } from '../../../../../src/store/sqlite/open-store.ts'
import type { ObjectCommit, Store } from '../../../../../src/store/store.ts'
import { expectedOf } from '../../../../support/counting-oracle.ts'
import { commitOf, type SmallFile, someFiles } from '../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER, memoryStore } from '../../../../support/temporary-store.ts'

const RULES = { actorCap: 2, windowMinutes: 5 }

/** An order, how many files are committed together, where the store is closed and opened again, and how much it holds back. */
const anyWay = fc.record({
  order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  together: fc.integer({ min: 1, max: 6 }),
  reopen: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  foldAt: fc.constantFrom(1, 7, 1000),
  seenLimit: fc.constantFrom(1, 1000),
})

function inOrder(files: readonly SmallFile[], order: readonly number[]): readonly SmallFile[] {
  return files
    .map((file, place) => ({ file, rank: order[place] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ file }) => file)
}

function inBatches(files: readonly SmallFile[], together: number): ObjectCommit[][] {
  return Array.from({ length: Math.ceil(files.length / together) }, (_, batch) =>
    files.slice(batch * together, (batch + 1) * together).map((file) => commitOf(file)),
  )
}

function actorLines(store: Store): { actors: string[]; pastCap: string[] } {
  const actors: string[] = []
  const pastCap: string[] = []
  for (const series of allSeries(store)) {
    for (const { minute, kind, value, errorCode, calls } of store.actorRows(series.ref)) {
      const name = [seriesText(series), minute, kind]
      if (value === null) pastCap.push(JSON.stringify(name))
      else actors.push(JSON.stringify([...name, value, errorCode, calls]))
    }
  }
  return { actors: actors.sort(), pastCap: pastCap.sort() }
}

/** What no export shows, and detection reads. */
function rowsOf(store: Store): unknown {
  const names = store.codeNames()
  const series = [...allSeries(store)].map(({ ref, ...row }) => {
    const firsts = [...store.codeFirstMinutes(ref)].map(([code, minute]) => [names[code], minute])
    return [row, firsts.map((first) => JSON.stringify(first)).sort()]
  })
  return [series, store.watermarks(), store.accounts()]
}

describe('a store', { timeout: 60_000 }, () => {
  it('comes to one canonical state from any order of files and any cut into runs', () => {
    fc.assert(
      fc.property(someFiles, anyWay, (files, { order, together, reopen, foldAt, seenLimit }) => {
        const calm = memoryStore(RULES)
        for (const file of files) calm.commitObject(commitOf(file))
        const expected = { hash: canonicalHash(calm), rows: rowsOf(calm) }
        calm.close()
        const options = { ...HOLDER, ...RULES, foldAt, seenLimit }
        const found = atTemporaryPath((path) => {
          let store = openStore(path, options)
          for (const [place, commits] of inBatches(inOrder(files, order), together).entries()) {
            store.commitObjects(commits)
            if (reopen[place] !== true) continue
            store.close()
            store = openStore(path, options)
          }
          const hash = canonicalHash(store)
          store.finishRun(store.beginRun(0), 1, {})
          expect(canonicalHash(store)).toBe(hash)
          const rows = rowsOf(store)
          store.close()
          return { hash, rows }
        })
        expect(found).toEqual(expected)
      }),
      { seed: 20_260_310, numRuns: 60 },
    )
  })

  it('holds exactly what the definitions say of the files it was given', () => {
    fc.assert(
      fc.property(someFiles, anyWay, (files, { order, together, foldAt, seenLimit }) => {
        const store = memoryStore({ ...RULES, foldAt, seenLimit })
        for (const commits of inBatches(inOrder(files, order), together))
          store.commitObjects(commits)
        const expected = expectedOf(files, {
          cap: RULES.actorCap,
          windowMinutes: RULES.windowMinutes,
        })
        const { counted, duplicate, late } = store.totals()
        expect({ counted, duplicate, late }).toEqual({
          counted: expected.counted,
          duplicate: expected.duplicate,
          late: expected.late,
        })
        const cells = [...countRows(store)].map((row) =>
          JSON.stringify([seriesText(row), row.minute, row.errorCode, row.calls]),
        )
        expect(cells.sort()).toEqual(expected.cells)
        expect(actorLines(store)).toEqual({ actors: expected.actors, pastCap: expected.pastCap })
        expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
        store.close()
      }),
      { seed: 20_260_311, numRuns: 300 },
    )
  })

  it('changes nothing when every file is read again', () => {
    fc.assert(
      fc.property(someFiles, (files) => {
        const store = memoryStore(RULES)
        for (const file of files) store.commitObject(commitOf(file))
        const before = [...countRows(store)]
        const actors = actorLines(store)
        for (const file of files) {
          const tally = store.commitObject(commitOf(file))
          expect(tally.counted).toBe(0)
        }
        expect([...countRows(store)]).toEqual(before)
        expect(actorLines(store)).toEqual(actors)
        expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
        store.close()
      }),
      { seed: 20_260_312, numRuns: 100 },
    )
  })
})
