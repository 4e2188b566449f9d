import { describe, expect, it } from 'vitest'
import { canonicalHash } from '../../../../../../src/store/canonical.ts'
import { everyPage } from '../../../../../../src/store/every-page.ts'
import type { InsightFilter, InsightOrder, Store } from '../../../../../../src/store/store.ts'
import { anInsight, START_MS } from '../../../../../support/insights.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const ACCOUNT = '123456789012'

const idsOf = (
  store: Store,
  filter: InsightFilter,
  order: InsightOrder = 'startTime',
  limit = 500,
) => {
  const ids: string[] = []
  let after: string | null = null
  do {
    const page: ReturnType<Store['insights']> = store.insights(filter, order, { limit, after })
    ids.push(...page.rows.map(({ insight }) => insight.eventName))
    after = page.next
  } while (after !== null)
  return ids
}

describe('replaceInsights', () => {
  it('adds, revises, retracts and revives, a revision each; what is the same stays as it is', () => {
    const store = memoryStore()
    const [a, b] = [anInsight({ eventName: 'A' }), anInsight({ eventName: 'B' })]
    expect(store.replaceInsights(ACCOUNT, [a, b])).toEqual({ added: 2, changed: 0, retracted: 0 })
    expect(store.replaceInsights(ACCOUNT, [b, a])).toEqual({ added: 0, changed: 0, retracted: 0 })
    const worse = { ...a, severity: 99 }
    expect(store.replaceInsights(ACCOUNT, [worse])).toEqual({ added: 0, changed: 1, retracted: 1 })
    expect(store.insightById(a.id)).toEqual({ insight: worse, revision: 2, status: 'final' })
    expect(store.insightById(b.id)).toEqual({ insight: b, revision: 2, status: 'retracted' })
    expect(idsOf(store, {})).toEqual(['A'])
    expect(idsOf(store, { retracted: true }).sort()).toEqual(['A', 'B'])
    expect(store.replaceInsights(ACCOUNT, [worse])).toEqual({ added: 0, changed: 0, retracted: 0 })
    expect(store.replaceInsights(ACCOUNT, [worse, b])).toEqual({
      added: 0,
      changed: 1,
      retracted: 0,
    })
    expect(store.insightById(b.id)).toEqual({ insight: b, revision: 3, status: 'final' })
    store.close()
  })

  it('leaves other accounts alone, and no trace of its revisions in the canonical state', () => {
    const detour = memoryStore()
    const other = anInsight({ account: '222222222222' })
    detour.replaceInsights('222222222222', [other])
    detour.replaceInsights(ACCOUNT, [anInsight({ eventName: 'Gone' })])
    detour.replaceInsights(ACCOUNT, [anInsight()])
    const direct = memoryStore()
    direct.replaceInsights(ACCOUNT, [anInsight()])
    direct.replaceInsights('222222222222', [other])
    expect(canonicalHash(detour)).toBe(canonicalHash(direct))
    detour.close()
    direct.close()
  })
})

describe('insights', () => {
  const names = ['A', 'B', 'C', 'D', 'E']
  const filled = () => {
    const store = memoryStore()
    const insights = names.map((eventName, i) =>
      anInsight({
        eventName,
        startMs: START_MS + (i % 3) * 300_000,
        endMs: i === 4 ? null : START_MS + (i % 3) * 300_000 + 480_000,
        severity: 10 * i,
        score: i === 0 ? 2.5 : 1,
        principal: i === 1 ? 'o\'hara "x" \ud800' : null,
        errorCode: i === 2 ? 'AccessDenied' : null,
      }),
    )
    store.replaceInsights(ACCOUNT, insights)
    return store
  }

  it.each(['startTime', '-startTime', 'severity', '-severity', 'score', '-score'] as const)(
    'come by %s on pages of any size, each once',
    (order) => {
      const store = filled()
      const whole = idsOf(store, {}, order)
      expect([...whole].sort()).toEqual(names)
      for (const limit of [1, 2, 3]) expect(idsOf(store, {}, order, limit)).toEqual(whole)
      const back = order.startsWith('-') ? order.slice(1) : `-${order}`
      expect(idsOf(store, {}, back as InsightOrder)).toEqual([...whole].reverse())
      store.close()
    },
  )

  it.each<[InsightFilter, readonly string[]]>([
    [{ eventName: ['A', 'C', 'Nothing'] }, ['A', 'C']],
    [{ eventName: [] }, []],
    [{ account: ['222222222222'] }, []],
    [{ minSeverity: 30 }, ['D', 'E']],
    [{ minScore: 2 }, ['A']],
    [{ principal: ['o\'hara "x" \ud800'] }, ['B']],
    [{ errorCode: ['AccessDenied'] }, ['C']],
    [{ fromMs: START_MS + 900_000 }, ['C', 'E']],
    [{ untilMs: START_MS + 300_000 }, ['A', 'D']],
    [{ eventName: ["A' OR 1=1 --"] }, []],
  ])('are found by %j', (filter, expected) => {
    const store = filled()
    expect(idsOf(store, filter).sort()).toEqual(expected)
    store.close()
  })

  it('refuse a place in the list that is none of theirs', () => {
    const store = filled()
    for (const after of ['', 'x', Buffer.from('[{"a":1},2]').toString('base64url')]) {
      expect(() => store.insights({}, 'score', { limit: 1, after })).toThrow('none of ours')
    }
    store.close()
  })

  it('stand on every page once', () => {
    const store = filled()
    const rows = everyPage((page) => store.insights({}, 'startTime', { ...page, limit: 2 }))
    expect([...rows]).toHaveLength(5)
    store.close()
  })
})
