import { describe, expect, it } from 'vitest'
import type { Rejected } from '../../../../../src/event/api-call.ts'
import { canonicalHash } from '../../../../../src/store/canonical.ts'
import { countRows } from '../../../../../src/store/count-rows.ts'
import { checkStore } from '../../../../../src/store/doctor.ts'
import { scopedReader } from '../../../../../src/store/scoped-reader.ts'
import type { ObjectCommit, Store, StoreReader } from '../../../../../src/store/store.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../support/small-files.ts'
import { memoryStore } from '../../../../support/temporary-store.ts'

const MINUTE = MIDNIGHT_MS / 60_000
const DAY_MS = 86_400_000

const fileOf = (
  key: string,
  calls: readonly ReturnType<typeof aCall>[],
  stampMs: number | null = null,
) => commitOf({ key, stampMs, calls })

function withLedger(commit: ObjectCommit, ledger: Partial<ObjectCommit['ledger']>): ObjectCommit {
  return { ...commit, ledger: { ...commit.ledger, ...ledger } }
}

function soundly(test: (store: Store) => void): void {
  const store = memoryStore()
  test(store)
  expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
  store.close()
}

describe('committing a file', () => {
  it('tallies counted, duplicate, late and conflicting records, and knows the span of what it accepted', () => {
    soundly((store) => {
      const stampMs = MIDNIGHT_MS + 35 * DAY_MS
      const file = fileOf(
        'a',
        [
          aCall(),
          aCall(),
          aCall({ errorCode: 'AccessDenied' }),
          aCall({ eventId: anId(2), timeMs: MIDNIGHT_MS + 5000 }),
          aCall({ eventId: anId(3), timeMs: MIDNIGHT_MS - 1000 }),
        ],
        stampMs,
      )
      const tally = store.commitObject(file)
      expect(tally).toEqual({
        ...{ read: 5, counted: 3, duplicate: 1, late: 1, rejected: 0, insights: 0, conflicts: 1 },
      })
      expect(store.ledgerRow('file', 'a')).toEqual({
        ...file.ledger,
        ...{ tally, fromMs: MIDNIGHT_MS, untilMs: MIDNIGHT_MS + 5000 },
      })
      expect(store.ledgerRow('file', 'b')).toBeUndefined()
    })
  })

  it('keeps accounts apart: one event id in two accounts is two events', () => {
    soundly((store) => {
      store.commitObject(fileOf('a', [aCall(), aCall({ account: '222222222222' })]))
      expect(store.totals().counted).toBe(2)
    })
  })

  it('lets an addendum take the place of its original, whichever comes first', () => {
    const original = fileOf('a', [aCall({ identity: 'alice', readOnly: true })])
    const addendum = fileOf('b', [
      aCall({ eventId: anId(2), replaces: anId(1), errorCode: 'Denied' }),
    ])
    const states = [
      [original, addendum],
      [addendum, original],
    ].map((files) => {
      const store = memoryStore()
      for (const file of files) store.commitObject(file)
      expect(store.totals()).toMatchObject({ read: 2, counted: 1, duplicate: 1 })
      expect([...countRows(store)].map(({ errorCode, calls }) => [errorCode, calls])).toEqual([
        ['Denied', 1],
      ])
      const [series] = store.series({}, { limit: 1, after: null }).rows
      expect(series).toMatchObject({ calls: 1, errors: 1, reads: 0 })
      expect(checkStore(store).filter(({ ok }) => !ok)).toEqual([])
      return canonicalHash(store)
    })
    expect(states[0]).toBe(states[1])
  })

  it('counts a changed object once more read only where it is new, and replaces its ledger row', () => {
    soundly((store) => {
      store.commitObject(fileOf('a', [aCall(), aCall({ eventId: anId(2) })]))
      const again = withLedger(fileOf('a', [aCall(), aCall({ eventId: anId(3) })]), {
        version: '2',
      })
      expect(store.commitObject(again)).toMatchObject({ read: 2, counted: 1, duplicate: 1 })
      expect(store.totals()).toMatchObject({
        read: 4,
        counted: 3,
        duplicate: 1,
        objects: { done: 1 },
      })
      expect(store.ledger({}).map(({ version, tally }) => [version, tally.counted])).toEqual([
        ['2', 1],
      ])
    })
  })
})

describe('a commit that cannot stand', () => {
  it('leaves the store as it was when anything fails on the way', () => {
    soundly((store) => {
      store.commitObject(fileOf('a', [aCall()]))
      const before = [canonicalHash(store), store.totals(), store.accounts()]
      const calls = [aCall({ eventId: anId(2), eventName: 'New', identity: 'mallory' })]
      const broken: ObjectCommit = {
        ...fileOf('b', calls),
        get rejected(): readonly Rejected[] {
          throw new Error('pulled the plug')
        },
      }
      expect(() => store.commitObject(broken)).toThrow('pulled the plug')
      expect([canonicalHash(store), store.totals(), store.accounts()]).toEqual(before)
      expect(store.commitObject(fileOf('b', calls))).toMatchObject({ counted: 1 })
      expect([...countRows(store)]).toHaveLength(2)
    })
  })

  it('refuses a commit that breaks the conservation law', () => {
    soundly((store) => {
      expect(() => store.commitObject({ ...fileOf('a', [aCall()]), read: 2 })).toThrow(
        'invariant broken',
      )
      expect(store.totals().read).toBe(0)
    })
  })
})

describe('the ledger and the samples', () => {
  it('takes failed and skipped objects without calls', () => {
    soundly((store) => {
      const failed = withLedger(
        { ...fileOf('a', []), calls: null },
        { outcome: 'failed', code: 'GZIP_CORRUPT' },
      )
      store.commitObject({ ...failed, read: 3, rejectedCounts: new Map([['FILE_DAMAGED', 3]]) })
      store.commitObject(withLedger({ ...fileOf('b', []), calls: null }, { outcome: 'skipped' }))
      const { objects, rejectedByCode } = store.totals()
      expect(objects).toEqual({ done: 0, partial: 0, failed: 1, skipped: 1 })
      expect([...rejectedByCode]).toEqual([['FILE_DAMAGED', 3]])
      expect(store.ledger({ outcome: 'failed' }).map(({ key }) => key)).toEqual(['a'])
    })
  })

  it('finds the files whose events overlap a span', () => {
    soundly((store) => {
      store.commitObject(fileOf('a', [aCall()]))
      store.commitObject(fileOf('b', [aCall({ eventId: anId(2), timeMs: MIDNIGHT_MS + 60_000 })]))
      const within = (fromMs: number, untilMs: number) =>
        store.ledger({ overlapsMs: { fromMs, untilMs } }).map(({ key }) => key)
      expect(within(MIDNIGHT_MS, MIDNIGHT_MS + 60_000)).toEqual(['a'])
      expect(within(MIDNIGHT_MS, MIDNIGHT_MS + 60_001)).toEqual(['a', 'b'])
      expect(within(0, MIDNIGHT_MS)).toEqual([])
    })
  })

  it('keeps at most 1000 samples of a code, each at most 4 KiB and whole characters', () => {
    soundly((store) => {
      const rejected = Array.from({ length: 1200 }, (_, i): Rejected => {
        const sample = `${i}${'\u{1f600}'.repeat(2000)}\ud800`
        return { kind: 'rejected', code: 'NAME_MISSING', account: null, sample }
      })
      const rejectedCounts = new Map([['NAME_MISSING', 1200]])
      const file = { ...fileOf('a', []), rejected, rejectedCounts, read: 1200 }
      store.commitObject(file)
      const rows = store.rejects(5000)
      expect(rows).toHaveLength(1000)
      expect(Buffer.byteLength(rows[0]?.sample ?? '')).toBeLessThanOrEqual(4096)
      expect(rows[0]?.sample.endsWith('\u{1f600}')).toBe(true)
      store.commitObject({
        ...file,
        rejected: rejected.slice(0, 1),
        rejectedCounts: new Map([['NAME_MISSING', 1]]),
        read: 1,
      })
      expect(store.rejects(5000)).toHaveLength(1)
    })
  })
})

describe('watermarks and news', () => {
  it('follow the delivery stamp less 20 minutes, or the newest event where there is none; and never fall', () => {
    soundly((store) => {
      const marks = () => store.watermarks().map(({ watermarkMs }) => watermarkMs)
      store.commitObject(fileOf('a', [aCall({ timeMs: MIDNIGHT_MS + 30_000 })]))
      expect(marks()).toEqual([MIDNIGHT_MS + 60_000])
      store.commitObject(fileOf('b', [aCall()], MIDNIGHT_MS + 3_600_000))
      expect(marks()).toEqual([MIDNIGHT_MS + 2_400_000])
      store.commitObject(fileOf('c', [aCall()], MIDNIGHT_MS + 60_000))
      expect(marks()).toEqual([MIDNIGHT_MS + 2_400_000])
      store.raiseWatermarks(MIDNIGHT_MS + DAY_MS)
      expect(marks()).toEqual([MIDNIGHT_MS + DAY_MS])
    })
  })

  it('move on for the account and Region in the name of an empty file, before and after its first event', () => {
    soundly((store) => {
      const name = { account: '9', region: 'eu-west-1', folder: 'CloudTrail', stampMs: MIDNIGHT_MS }
      store.commitObject({ ...fileOf('a', [], MIDNIGHT_MS), name })
      expect(store.watermarks()).toEqual([
        { account: '9', region: 'eu-west-1', watermarkMs: MIDNIGHT_MS - 1_200_000 },
      ])
      expect(store.accounts()).toEqual([])
      const skipped = withLedger(
        { ...fileOf('b', [], MIDNIGHT_MS + 1), calls: null, name },
        { outcome: 'skipped' },
      )
      store.commitObject(skipped)
      expect(store.watermarks()[0]?.watermarkMs).toBe(MIDNIGHT_MS - 1_200_000)
    })
  })

  it('are told of one account alone, and to whoever may see it', () => {
    soundly((store) => {
      const place = { folder: 'CloudTrail', stampMs: MIDNIGHT_MS }
      for (const [account, region] of [
        ['9', 'us-east-1'],
        ['10', 'eu-west-1'],
        ['9', 'eu-west-1'],
      ] as const) {
        const name = { account, region, ...place }
        store.commitObject({ ...fileOf(`${account}-${region}`, [], MIDNIGHT_MS), name })
      }
      const regionsOf = (reader: StoreReader, account?: string) =>
        reader.watermarks(account).map(({ account: of, region }) => `${of} ${region}`)
      expect(regionsOf(store)).toEqual(['10 eu-west-1', '9 eu-west-1', '9 us-east-1'])
      expect(regionsOf(store, '9')).toEqual(['9 eu-west-1', '9 us-east-1'])
      expect(regionsOf(store, '8')).toEqual([])
      const scoped = scopedReader(store, ['10'])
      expect(regionsOf(scoped)).toEqual(['10 eu-west-1'])
      expect(regionsOf(scoped, '9')).toEqual([])
    })
  })

  it('name the first minute that changed, until the account is scored', () => {
    soundly((store) => {
      const later = aCall({ timeMs: MIDNIGHT_MS + 600_000 })
      store.commitObject(fileOf('a', [later]))
      const account = '111111111111'
      const news = () => store.accounts()[0]
      expect(news()).toMatchObject({ account, firstMinute: MINUTE + 10, dirtyMinute: MINUTE + 10 })
      const scored = store.watermarks()
      store.commitDetection({
        account,
        fromDay: 0,
        scored,
        scores: [],
        aggregateScores: [],
        expectations: [],
        baselines: [],
        laws: [],
      })
      expect(news()).toMatchObject({
        dirtyMinute: null,
        regions: [{ scoredMs: (MINUTE + 11) * 60_000 }],
      })
      store.commitObject(fileOf('b', [later]))
      expect(news()?.dirtyMinute).toBeNull()
      store.commitObject(fileOf('c', [aCall({ eventId: anId(2) })]))
      expect(news()).toMatchObject({ firstMinute: MINUTE, dirtyMinute: MINUTE })
    })
  })
})
