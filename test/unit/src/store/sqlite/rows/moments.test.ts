import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordId } from '../../../../../../src/insight/identity.ts'
import type {
  InsightFilter,
  InsightMoment,
  StoreReader,
} from '../../../../../../src/store/store.ts'
import { anInsight, START_MS, stillOpen } from '../../../../../support/insights.ts'
import { memoryReader } from '../../../../../support/memory-reader.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const MINUTE_MS = 60_000
const account = '123456789012'
const all = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }

/** Every moment, gathered from pages of that many. */
function gathered(
  store: StoreReader,
  limit: number,
  filter: InsightFilter = {},
  span = all,
): readonly string[] {
  const rows: InsightMoment[] = []
  let after: string | null = null
  do {
    const page = store.moments(filter, span, { limit, after })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows.map(({ insight, state, atMs }) => `${atMs} ${insight.id} ${state}`)
}

describe('moments', () => {
  it('are the starts and ends in a span, newest first, however they are paged', () => {
    const insight = fc.record({ at: fc.nat(20), long: fc.option(fc.nat(5)), name: fc.nat(3) })
    fc.assert(
      fc.property(
        fc.uniqueArray(insight, { selector: ({ at, name }) => `${at} ${name}`, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.tuple(fc.nat(25), fc.nat(25)),
        (given, limit, [from, until]) => {
          const insights = given.map(({ at, long, name }) => {
            const startMs = START_MS + at * MINUTE_MS
            const span = { startMs, endMs: startMs + (long ?? 0) * MINUTE_MS }
            return anInsight({ eventName: `Api${name}`, ...span, ...(long === null && stillOpen) })
          })
          const store = memoryStore()
          store.replaceInsights(account, insights)
          const span = {
            fromMs: START_MS + from * MINUTE_MS,
            untilMs: START_MS + until * MINUTE_MS,
          }
          const filter = { eventName: ['Api0', 'Api1'] }
          const plain = memoryReader({ insights })
          expect(gathered(store, limit, filter, span)).toEqual(gathered(plain, 99, filter, span))
          expect(gathered(store, limit)).toEqual(gathered(plain, 99))
          store.close()
        },
      ),
    )
  })

  it('of insights that were taken back are none', () => {
    const store = memoryStore()
    store.replaceInsights(account, [anInsight()])
    expect(gathered(store, 9)).toHaveLength(2)
    store.replaceInsights(account, [])
    expect(gathered(store, 9)).toEqual([])
    expect(store.momentById(recordId(anInsight().id, 'Start'))).toBeUndefined()
    store.close()
  })

  it('are found by the id of their record', () => {
    const store = memoryStore()
    const [closed, open] = [anInsight(), anInsight({ eventName: 'Open', ...stillOpen })]
    store.replaceInsights(account, [closed, open])
    expect(store.momentById(recordId(closed.id, 'End'))).toMatchObject({
      ...{ state: 'End', atMs: closed.endMs },
    })
    expect(store.momentById(recordId(open.id, 'Start'))?.insight.eventName).toBe('Open')
    expect(store.momentById(recordId(open.id, 'End'))).toBeUndefined()
    store.close()
  })
})
