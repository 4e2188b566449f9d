import { describe, expect, it } from 'vitest'
import { watchWords } from '../../../../src/cli/watch-words.ts'
import { startReport } from '../../../../src/pipeline/ingest-report.ts'
import { emptyTally } from '../../../../src/pipeline/tally.ts'
import type { WatchReport } from '../../../../src/pipeline/watch.ts'
import { emptyQueueTally, type QueueTally } from '../../../../src/source/sqs/tally.ts'

const NOON = Date.UTC(2026, 2, 4, 12)

function report(messages: Partial<QueueTally>): WatchReport {
  return {
    ingest: { ...startReport().finished(), tally: { ...emptyTally, read: 5, counted: 4 } },
    detect: { accountsScored: 1, daysScored: 1, insights: { added: 2, changed: 1, retracted: 0 } },
    delivery: [],
    outlook: {
      ...{ accounts: 0, series: { dense: 0, sparse: 0, learning: 0 }, days: 0, weeks: 0 },
      incidentsPerWeek: { asked: 4, got: 0, low: 0, high: 0 },
      ...{ openInsights: 0, writesOnly: false, unconfirmedLevels: [], smallestBurst: [] },
    },
    elapsedMs: 1234,
    messages: { ...emptyQueueTally, ...messages },
  }
}

const wordsOf = (messages: Partial<QueueTally>, untilEmpty = false): string =>
  watchWords(report(messages), { store: 'a.db', untilEmpty }, NOON)

describe('watchWords', () => {
  it('is a line a run while the watch goes on', () => {
    expect(wordsOf({ received: 1200, deleted: 1200 })).toBe(
      '2026-03-04T12:00:00Z  messages 1 200 received = 1 200 deleted; 4 of 5 records counted; insights 2 added, 1 changed\n',
    )
  })

  it('accounts for every message, and for what it did not read', () => {
    const messages = { received: 9, deleted: 4, undeleted: 2, left: 2, returned: 1, passedOver: 1 }
    expect(wordsOf({ ...messages, otherEvents: 3 }, true)).toContain(
      'Messages 9 received = 4 deleted + 2 not deleted: they come again, and are known + 2 left for another try + 1 given back (1 object skipped by name, 3 other events)\n',
    )
  })

  it('tells the first five troubles, made harmless', () => {
    const troubles = [1, 2, 3, 4, 5, 6, 7].map((at) => `s3://trail/${at}\u001b[2J: S3: NoSuchKey`)
    const words = wordsOf({ received: 7, left: 7, troubles })
    expect(words.match(/NoSuchKey/g)).toHaveLength(5)
    expect(words).toContain('? … and 2 more\n')
    expect(words).not.toContain('\u001b')
  })
})
