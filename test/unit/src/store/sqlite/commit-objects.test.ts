import { copyFileSync, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Rejected } from '../../../../../src/event/api-call.ts'
import { canonicalHash } from '../../../../../src/store/canonical.ts'
import { checkStore } from '../../../../../src/store/doctor.ts'
import { openReader } from '../../../../../src/store/sqlite/open-reader.ts'
import { openStore } from '../../../../../src/store/sqlite/open-store.ts'
import type { ObjectCommit, Store } from '../../../../../src/store/store.ts'
import { aCall, anId, commitOf } from '../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER, memoryStore } from '../../../../support/temporary-store.ts'

/** A file with a call of its own, and one that every file has. */
const fileOf = (number: number): ObjectCommit =>
  commitOf({
    key: String(number),
    stampMs: null,
    calls: [
      aCall({ identity: number % 2 === 0 ? 'even' : 'odd' }),
      aCall({ eventId: anId(number + 2), identity: `caller ${number}` }),
    ],
  })

/** The same, with something done when half of it is in the store. */
function amid(commit: ObjectCommit, act: () => void): ObjectCommit {
  return {
    ...commit,
    get rejected(): readonly Rejected[] {
      act()
      return []
    },
  }
}

function failing(commit: ObjectCommit): ObjectCommit {
  return amid(commit, () => {
    throw new Error('pulled the plug')
  })
}

function expectSound(store: Store, files: readonly ObjectCommit[]): void {
  const calm = memoryStore()
  for (const file of files) calm.commitObject(file)
  expect(canonicalHash(store)).toBe(canonicalHash(calm))
  expect([store.totals(), store.accounts()]).toEqual([calm.totals(), calm.accounts()])
  expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
  calm.close()
}

describe('committing files together', () => {
  const files = [1, 2, 3, 4].map(fileOf)

  it('tallies each as if it were committed alone, what it shares with another of them included', () => {
    const [alone, together] = [memoryStore(), memoryStore()]
    const tallies = files.map((file) => alone.commitObject(file))
    expect(together.commitObjects(files)).toEqual(tallies)
    expect(tallies.map(({ duplicate }) => duplicate)).toEqual([0, 1, 1, 1])
    expectSound(together, files)
    alone.close()
    together.close()
  })

  it('takes back and replaces what another of them brought', () => {
    const store = memoryStore()
    const addendum = commitOf({
      ...{ key: 'addendum', stampMs: null },
      calls: [aCall({ eventId: anId(90), replaces: anId(3), errorCode: 'Denied' })],
    })
    store.commitObjects([...files, addendum])
    expectSound(store, [addendum, ...files])
    store.close()
  })

  it('says of an object that is twice among them what is true of it at last', () => {
    const store = memoryStore()
    const [first] = files
    const again = { ...fileOf(5), ledger: { ...fileOf(1).ledger, version: '2' } }
    store.commitObjects(first === undefined ? [] : [first, again])
    expect(store.ledger({}).map(({ version }) => version)).toEqual(['2'])
    expect(store.totals()).toMatchObject({ read: 4, counted: 3, objects: { done: 1 } })
    expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
    store.close()
  })

  it('does nothing where there are none', () => {
    const store = memoryStore()
    expect(store.commitObjects([])).toEqual([])
    store.close()
  })
})

describe('a file that cannot stand among others', () => {
  it('is thrown about when those before it are committed, and leaves nothing of itself', () => {
    const store = memoryStore()
    const [one, two, three] = [fileOf(1), fileOf(2), fileOf(3)]
    expect(() => store.commitObjects([one, two, failing(three), fileOf(4)])).toThrow(
      'pulled the plug',
    )
    expectSound(store, [one, two])
    store.commitObjects([three, fileOf(4)])
    expectSound(store, [one, two, three, fileOf(4)])
    store.close()
  })
})

describe('a process that is gone while it commits files together', () => {
  it('leaves the store as it was before them, and whoever reads meanwhile sees it so', () => {
    atTemporaryPath((path) => {
      const store = openStore(path, { ...HOLDER, foldAt: 1 })
      store.commitObjects([fileOf(1), fileOf(2)])
      const before = canonicalHash(store)
      const pieces = ['', '-wal'].filter((end) => existsSync(`${path}${end}`))
      let seen = ''
      const third = amid(fileOf(4), () => {
        for (const end of pieces) copyFileSync(`${path}${end}`, `${path}.left${end}`)
        const reader = openReader(path)
        seen = canonicalHash(reader)
        reader.close()
      })
      store.commitObjects([fileOf(3), third])
      expectSound(store, [1, 2, 3, 4].map(fileOf))
      store.close()
      expect(seen).toBe(before)
      const left = openStore(`${path}.left`, { ...HOLDER, isAlive: () => false, pid: 7 })
      expectSound(left, [fileOf(1), fileOf(2)])
      left.commitObjects([fileOf(3), fileOf(4)])
      expectSound(left, [1, 2, 3, 4].map(fileOf))
      left.close()
    })
  })
})
