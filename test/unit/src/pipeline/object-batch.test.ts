import { expect, it, onTestFinished } from 'vitest'
import { startReport } from '../../../../src/pipeline/ingest-report.ts'
import { ObjectBatch } from '../../../../src/pipeline/object-batch.ts'
import type { LedgerRow, ObjectCommit } from '../../../../src/store/store.ts'
import { aCall, anId, commitOf } from '../../../support/small-files.ts'
import { memoryStore } from '../../../support/temporary-store.ts'

const fileOf = (number: number, callCount = 1): ObjectCommit =>
  commitOf({
    ...{ key: String(number), stampMs: null },
    calls: Array.from({ length: callCount }, (_, nth) =>
      aCall({ eventId: anId(number * 10_000 + nth) }),
    ),
  })

const damaged = (commit: ObjectCommit): ObjectCommit => ({
  ...commit,
  ...{ calls: null, read: 0 },
  ledger: { ...commit.ledger, outcome: 'failed', code: 'GZIP_CORRUPT', message: 'broken' },
})

function world() {
  const store = memoryStore()
  onTestFinished(() => store.close())
  const report = startReport()
  const clock = { ms: 0 }
  const batch = new ObjectBatch(store, report, () => clock.ms)
  const read = (commit: ObjectCommit) => batch.add({ kind: 'read', commit })
  const committed = () => store.ledger({}).length
  return { store, report, clock, batch, read, committed }
}

it('commits what waits when it is told to, and reports it only then', () => {
  const { batch, read, report, committed } = world()
  read(fileOf(1))
  read(fileOf(2))
  expect([committed(), report.progress().objects]).toEqual([0, 0])
  expect([batch.holds('1'), batch.holds('3')]).toEqual([true, false])
  batch.commit()
  expect([committed(), report.progress().objects]).toEqual([2, 2])
  expect(batch.holds('1')).toBe(false)
  batch.commit()
  expect(report.finished().tally).toMatchObject({ read: 2, counted: 2 })
})

it('commits at once what comes with rejected records, and what waited before it', () => {
  const { read, committed } = world()
  read(fileOf(1))
  const rejected = [
    { kind: 'rejected', code: 'NAME_MISSING', account: null, sample: '{}' },
  ] as const
  read({ ...fileOf(2), read: 2, rejectedCounts: new Map([['NAME_MISSING', 1]]), rejected })
  expect(committed()).toBe(2)
})

it('commits by itself what are many calls, or many objects', () => {
  const calls = world()
  calls.read(fileOf(1, 5000))
  expect(calls.committed()).toBe(0)
  calls.read(fileOf(2, 5000))
  expect(calls.committed()).toBe(2)
  const objects = world()
  for (let number = 0; number < 300; number++) objects.read(damaged(fileOf(number)))
  expect(objects.committed()).toBe(256)
})

it('lets nothing wait for longer than a second, where anything is going on', () => {
  const { batch, read, clock, committed } = world()
  read(fileOf(1))
  clock.ms = 900
  batch.commitOverdue()
  read(fileOf(2))
  expect(committed()).toBe(0)
  clock.ms = 1000
  batch.commitOverdue()
  expect(committed()).toBe(2)
  read(fileOf(3))
  clock.ms = 2000
  read(fileOf(4))
  expect(committed()).toBe(4)
})

it('reports objects in the order they came, what is known of some before it as well', () => {
  const { store, batch, read, report } = world()
  store.commitObject(damaged(fileOf(1)))
  const known = store.ledgerRow('file', '1') as LedgerRow
  batch.add({ kind: 'unchanged', known })
  expect(report.progress().objects).toBe(1)
  read(damaged(fileOf(2)))
  batch.add({ kind: 'unchanged', known })
  expect(report.progress().objects).toBe(1)
  read(damaged(fileOf(3)))
  batch.commit()
  expect(report.finished().troubles.map(({ key }) => key)).toEqual(['1', '2', '1', '3'])
})

it('holds nothing any more when the store refuses, and what came before stands', () => {
  const { batch, read, report, committed } = world()
  read(fileOf(1))
  read({ ...fileOf(2), read: 7 })
  expect(() => batch.commit()).toThrow('invariant broken')
  batch.commit()
  expect([committed(), report.progress().objects, batch.holds('2')]).toEqual([1, 0, false])
})
