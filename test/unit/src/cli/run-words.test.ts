import { describe, expect, it } from 'vitest'
import { closingWords, newTroubles } from '../../../../src/cli/run-words.ts'
import { startReport } from '../../../../src/pipeline/ingest-report.ts'
import type { RunReport } from '../../../../src/pipeline/run.ts'

const nothing = startReport().finished()
const trouble = (at: number, known = false) => ({
  ...{ key: `/bad-${at}\u001b[2J`, code: 'JSON_INVALID', message: 'expected JSON', known },
})

function report(changes: {
  ingest?: Partial<RunReport['ingest']>
  outlook?: Partial<RunReport['outlook']>
  insights?: RunReport['detect']['insights']
}): RunReport {
  const insights = changes.insights ?? { added: 0, changed: 0, retracted: 0 }
  return {
    ingest: { ...nothing, ...changes.ingest },
    detect: { accountsScored: 1, daysScored: 1, insights },
    delivery: [
      {
        ...{ sink: 'folder /out', what: 'insight', delivered: 1, history: 1200 },
        ...{ waiting: 0, dropped: 0, trouble: null },
      },
    ],
    outlook: {
      ...{ accounts: 2, series: { dense: 1, sparse: 2, learning: 3 }, days: 14, weeks: 2 },
      incidentsPerWeek: { asked: 4, got: 7.5, low: 4.2, high: 12.37 },
      ...{ openInsights: 0, writesOnly: false, unconfirmedLevels: [] },
      smallestBurst: [
        { account: 'a', calls: 22 },
        { account: 'b', calls: 1600 },
      ],
      ...changes.outlook,
    },
    elapsedMs: 1234,
  }
}

const wordsOf = (changes: Parameters<typeof report>[0]): string =>
  closingWords(report(changes), { store: '/my store.db' })

describe('closingWords', () => {
  it('lists levels that rose and were not confirmed yet, the first five by name', () => {
    const level = (api: string) => ({ api, sinceMs: Date.UTC(2026, 8, 1) })
    expect(wordsOf({})).not.toContain('Levels')
    expect(wordsOf({ outlook: { unconfirmedLevels: [level('s3:GetObject')] } })).toContain(
      'Levels that rose and were not confirmed yet: s3:GetObject since 2026-09-01T00:00:00Z.\n',
    )
    const seven = [...'abcdefg'].map((name) => level(`s3:${name}`))
    expect(wordsOf({ outlook: { unconfirmedLevels: seven } })).toContain(', 2 more.\n')
  })

  it('says what can be seen now', () => {
    const words = wordsOf({ insights: { added: 1, changed: 0, retracted: 2 } })
    expect(words).toContain('Insights 1 new, 2 retracted\n')
    expect(words).toContain(
      'Delivered 1 insight to folder /out (1 200 older than the delivery line kept back).',
    )
    expect(words).toContain(
      'Series   1 dense, 2 sparse, 3 learning, in 2 accounts over 14.0 days\n',
    )
    expect(words).toContain(
      'The smallest burst noticed on a rarely used API: 22 to 1 600 calls, depending on the account.\n',
    )
    expect(words).toContain(
      'This history of 2.0 weeks holds 7.5 incidents a week (95 % interval 4.2 to 12.4) for 4 asked.\n',
    )
    expect(words).toContain('Done in 1.2 s. Store: /my store.db\n')
    expect(words).not.toContain('writes only')
  })

  it('warns where a trail holds writes only', () => {
    expect(wordsOf({ outlook: { writesOnly: true } })).toContain('! This trail holds writes only')
  })

  it('says nothing of accounts where none is known', () => {
    const words = wordsOf({ outlook: { accounts: 0, smallestBurst: [] } })
    expect(words).toContain('Files    none found there\n')
    expect(words).not.toContain('Series')
  })

  it('splits records into what became of them', () => {
    const tally = {
      ...{ read: 1015, counted: 1000, duplicate: 7, late: 1 },
      ...{ rejected: 3, insights: 4, conflicts: 2 },
    }
    const words = wordsOf({ ingest: { listed: 1, tally, rejectedByCode: { TIME_INVALID: 3 } } })
    expect(words).toContain(
      'Records  1 015 read = 1 000 counted + 7 duplicate + 1 late + 3 rejected (TIME_INVALID 3) + 4 Insight records, not counted\n2 event ids seen with more than one content: each is counted\n',
    )
  })

  it('names five troubles, and says how to see the others', () => {
    const troubles = [0, 1, 2, 3, 4, 5, 6].map((at) => trouble(at, at === 0))
    const words = wordsOf({ ingest: { listed: 7, troubles } })
    expect(words).toContain('  ! /bad-0\\u{1b}[2J: expected JSON [JSON_INVALID] (as before)\n')
    expect(words.match(/\[JSON_INVALID\]/g)).toHaveLength(5)
    expect(words).toContain("… and 2 more: offtrail quarantine list --store '/my store.db'\n")
  })
})

describe('newTroubles', () => {
  it('names what failed and was not known to', () => {
    const ingest = { troubles: [trouble(1, true), trouble(2)] }
    expect(newTroubles(report({ ingest }))).toBe(
      '! /bad-2\\u{1b}[2J: expected JSON [JSON_INVALID]\n',
    )
    expect(newTroubles(report({}))).toBe('')
  })
})
