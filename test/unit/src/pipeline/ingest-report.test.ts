import { describe, expect, it } from 'vitest'
import { startReport, sumOfReports } from '../../../../src/pipeline/ingest-report.ts'
import { emptyTally } from '../../../../src/pipeline/tally.ts'
import type { LedgerRow, ObjectCommit, Outcome } from '../../../../src/store/store.ts'
import { commitOf } from '../../../support/small-files.ts'

function committed(outcome: Outcome, code: string | null): ObjectCommit {
  const commit = commitOf({ key: `/${outcome}`, stampMs: null, calls: [] })
  return { ...commit, ledger: { ...commit.ledger, outcome, code } }
}

const known = (outcome: Outcome, code: string | null): LedgerRow => ({
  ...committed(outcome, code).ledger,
  tally: emptyTally,
})

describe('startReport', () => {
  it('counts objects by outcome, and those known from before as unchanged', () => {
    const report = startReport()
    report.took(committed('done', null), { ...emptyTally, read: 3, counted: 3 })
    report.took(committed('skipped', 'DIGEST'), emptyTally)
    report.unchanged(known('done', null))
    expect(report.progress()).toEqual({ objects: 3, storedBytes: 20, records: 3 })
    expect(report.finished()).toMatchObject({
      ...{ listed: 3, skippedByCode: { DIGEST: 1 }, troubles: [] },
      objects: { done: 1, partial: 0, failed: 0, skipped: 1, unchanged: 1 },
    })
  })

  it('tells troubles with what helps, new ones and those known', () => {
    const report = startReport()
    report.took(committed('failed', 'GZIP_CUT_OFF'), emptyTally)
    report.unchanged(known('partial', null))
    expect(report.finished().troubles).toEqual([
      {
        ...{ key: '/failed', code: 'GZIP_CUT_OFF', known: false },
        message: 'the gzip data ends early: copy the file again',
      },
      {
        ...{ key: '/partial', code: 'LINES_REJECTED', known: true },
        message: 'some of its lines are no records; the others were counted',
      },
    ])
  })
})

describe('sumOfReports', () => {
  it('of none is a report of nothing', () => {
    expect(sumOfReports([])).toEqual(startReport().finished())
  })

  it('adds up what several sources gave, code by code', () => {
    const [one, two] = [startReport(), startReport()]
    one.took(
      { ...committed('done', null), rejectedCounts: new Map([['TIME_INVALID', 2]]) },
      emptyTally,
    )
    two.took(
      { ...committed('done', null), rejectedCounts: new Map([['TIME_INVALID', 1]]) },
      emptyTally,
    )
    two.took(committed('failed', 'JSON_INVALID'), emptyTally)
    expect(sumOfReports([one.finished(), two.finished()])).toMatchObject({
      ...{ listed: 3, rejectedByCode: { TIME_INVALID: 3 }, storedBytes: 30 },
      objects: { done: 2, failed: 1 },
      troubles: [{ key: '/failed' }],
    })
  })
})
