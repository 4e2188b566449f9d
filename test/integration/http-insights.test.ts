import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InsightView } from '../../src/insight/view.ts'
import { appOver, ask } from '../support/http-world.ts'
import { anInsight, START_MS, stillOpen } from '../support/insights.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

interface List {
  readonly items: readonly InsightView[]
  readonly nextCursor?: string
}

/** Sixty insights, two at a moment, of two accounts. */
const sixty = Array.from({ length: 60 }, (_, index) =>
  anInsight({
    account: index % 3 === 0 ? '111122223333' : '123456789012',
    eventName: `Api${index}`,
    startMs: START_MS + Math.floor(index / 2) * 10 * MINUTE_MS,
    severity: (index * 37) % 100,
    score: index / 4,
  }),
)

describe('GET /v1/insights', () => {
  it('lists insights newest first, without attributions and arithmetic', async () => {
    const app = await appOver({ insights: sixty })
    const { status, body } = await ask<List>(app, '/v1/insights')
    expect(status).toBe(200)
    expect(body.items).toHaveLength(60)
    const starts = body.items.map(({ startTime }) => startTime)
    expect(starts).toEqual([...starts].sort().reverse())
    expect(body.items[0]).toMatchObject({
      revision: 1,
      status: 'final',
      endTime: expect.any(String),
    })
    expect(Object.keys(body.items[0] ?? {})).not.toContain('arithmetic')
    expect(body.nextCursor).toBeUndefined()
  })

  it.each([
    ['account=111122223333', 20],
    ['account=111122223333&account=123456789012', 60],
    ['eventSource=ec2&eventName=Api7', 1],
    ['eventSource=ec2.amazonaws.com&eventName=Api7&eventName=Api8', 2],
    ['eventSource=s3', 0],
    ['minSeverity=90', 6],
    ['minScore=14', 4],
    ['direction=down', 0],
    ['state=closed&insightType=ApiCallRateInsight', 60],
    ['from=2026-03-04T14:00:00Z', 14],
    ['to=2026-03-04T10:15:00Z', 2],
    ['from=2026-03-04T15:00:00%2B01:00', 14],
    ['from=2026-03-04T15:00:00+01:00', 14],
    ['from=26h', 60],
    ['from=22h', 14],
    ['principal=arn:aws:sts::123456789012:assumed-role/Deploy', 60],
    ['incident=none-such', 0],
  ])('filters by %s', async (query, count) => {
    const app = await appOver({ insights: sixty })
    const { body } = await ask<List>(app, `/v1/insights?${query}`)
    expect(body.items).toHaveLength(count)
  })

  it('leaves out retracted insights unless asked', async () => {
    const insights = [
      { insight: anInsight(), revision: 2, status: 'retracted' as const },
      { insight: anInsight({ eventName: 'Other' }), revision: 1, status: 'final' as const },
    ]
    const app = await appOver({ insights })
    expect((await ask<List>(app, '/v1/insights')).body.items).toHaveLength(1)
    const all = await ask<List>(app, '/v1/insights?retracted=true&sort=startTime')
    expect(
      all.body.items.map((item) => (item as unknown as { status: string }).status).sort(),
    ).toEqual(['final', 'retracted'])
  })
})

describe('insights that AWS has no type for', () => {
  const topApis = [{ api: 'iam.amazonaws.com:ListUsers', calls: 2 }]
  const aggregate = { kind: 'newcomers', scope: 'principal', apiCount: 60, topApis } as const
  const sum = anInsight({
    ...{ insightType: 'AggregateInsight', category: 'Aggregate', region: 'all', aggregate },
    ...{ eventSource: 'offtrail', eventName: 'FirstSeenApis' },
  })
  const first = anInsight({ insightType: 'NewApiInsight', incident: '', severity: 0 })

  it.each(['insightType=AggregateInsight', 'category=Aggregate', 'eventSource=offtrail'])(
    'are found by %s, with the APIs behind them',
    async (query) => {
      const app = await appOver({ insights: [sum, first] })
      const { body } = await ask<List>(app, `/v1/insights?${query}`)
      expect(body.items).toMatchObject([{ id: sum.id, aggregate, region: 'all' }])
      const one = await ask<InsightView>(app, `/v1/insights/${sum.id}`)
      expect(one.body.aggregate).toEqual(aggregate)
    },
  )

  it('have no records, and are an incident only where they are an alarm', async () => {
    const app = await appOver({ insights: [sum, first] })
    for (const { id } of [sum, first])
      expect((await ask(app, `/v1/insights/${id}/records`)).body).toEqual({ Records: [] })
    const { body } = await ask<{ items: object[] }>(app, '/v1/incidents')
    expect(body.items).toMatchObject([{ id: sum.incident, insights: [{ id: sum.id }] }])
  })
})

describe('pages of GET /v1/insights', () => {
  it.each(['startTime', '-startTime', 'severity', '-severity', 'score', '-score'])(
    'walks all pages in order of %s without a gap or a double, whatever their size',
    async (sort) => {
      const app = await appOver({ insights: sixty })
      const whole = await ask<List>(app, `/v1/insights?sort=${sort}`)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 61 }), async (limit) => {
          const walked: string[] = []
          let next: string | undefined = `/v1/insights?sort=${sort}&limit=${limit}`
          while (next !== undefined) {
            const page: Awaited<ReturnType<typeof ask<List>>> = await ask<List>(app, next)
            walked.push(...page.body.items.map(({ id }) => id))
            next = /^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]
            expect(next === undefined).toBe(page.body.nextCursor === undefined)
          }
          expect(walked).toEqual(whole.body.items.map(({ id }) => id))
        }),
        { seed: 7, numRuns: 8 },
      )
    },
  )

  it('lets the page size change along the way, and nothing else', async () => {
    const app = await appOver({ insights: sixty })
    const { body } = await ask<List>(app, '/v1/insights?limit=10&account=123456789012')
    const cursor = `cursor=${body.nextCursor}`
    expect((await ask(app, `/v1/insights?limit=20&account=123456789012&${cursor}`)).status).toBe(
      200,
    )
    for (const other of ['', 'account=111122223333', 'account=123456789012&sort=score']) {
      expect((await ask(app, `/v1/insights?${other}&${cursor}`)).status).toBe(400)
    }
    expect((await ask(app, `/v1/incidents?account=123456789012&${cursor}`)).status).toBe(400)
  })

  it('refuses every cursor that was tampered with', async () => {
    const app = await appOver({ insights: sixty })
    const { body } = await ask<List>(app, '/v1/insights?limit=10')
    const cursor = body.nextCursor ?? ''
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cursor.length - 1),
        fc.constantFrom(...'Aa0-_.~'),
        async (place, letter) => {
          const tampered = `${cursor.slice(0, place)}${letter}${cursor.slice(place + 1)}`
          if (tampered === cursor) return
          const answer = await ask(app, `/v1/insights?limit=10&cursor=${tampered}`)
          expect(answer.status).toBe(400)
          expect(answer.text).toContain('begin again without cursor')
        },
      ),
      { seed: 7, numRuns: 60 },
    )
  })

  it('knows cursors of another process where both were given the key, and only there', async () => {
    const [one, two] = [
      await appOver({ insights: sixty }, { cursorKey: 'shared secret' }),
      await appOver({ insights: sixty }, { cursorKey: 'shared secret' }),
    ]
    const cursor = (await ask<List>(one, '/v1/insights?limit=1')).body.nextCursor
    expect((await ask(two, `/v1/insights?limit=1&cursor=${cursor}`)).status).toBe(200)
    const stranger = await appOver({ insights: sixty })
    expect((await ask(stranger, `/v1/insights?limit=1&cursor=${cursor}`)).status).toBe(400)
  })
})

describe('forms of GET /v1/insights', () => {
  it('answers NDJSON and formula-safe CSV to whoever accepts them', async () => {
    const hostile = anInsight({ eventName: '=cmd|1', principal: 'a"b\r\nc' })
    const app = await appOver({ insights: [hostile] })
    const lines = await ask(app, '/v1/insights', { accept: 'application/x-ndjson' })
    expect(lines.headers['content-type']).toContain('application/x-ndjson')
    expect(
      lines.text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).eventName),
    ).toEqual(['=cmd|1'])
    const csv = await ask(app, '/v1/insights', { accept: 'text/csv, */*;q=0.1' })
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.headers['content-disposition']).toBe('attachment; filename="insights.csv"')
    expect(csv.text).toContain(",'=cmd|1,")
    expect(csv.text.trimEnd().split('\n')).toHaveLength(2)
    const both = await ask(app, '/v1/insights', { accept: 'text/csv, application/json' })
    expect(both.headers['content-type']).toContain('application/json')
  })
})

describe('GET /v1/insights/ID', () => {
  const who = {
    attribute: 'userAgent',
    insight: [{ value: '__proto__\n\u001b[2J', average: 1.5 }],
    baseline: [],
  } as const
  const insight = anInsight({
    ...stillOpen,
    attributions: [who],
    arithmetic: { count: 47, law: 'x' },
  })

  it('answers the whole insight, hostile text and all', async () => {
    const app = await appOver({ insights: [insight] })
    const { body } = await ask<InsightView>(app, `/v1/insights/${insight.id}`)
    expect(body).toMatchObject({
      id: insight.id,
      endTime: null,
      episode: null,
      episodeAttributions: null,
      attributions: [who],
      arithmetic: { count: 47, law: 'x' },
      explanation: insight.explanation,
    })
  })

  it('answers its records as AWS writes them, strict ones without additions', async () => {
    const app = await appOver({ insights: [insight, anInsight()] })
    const open = await ask<{ Records: { insightDetails: object }[] }>(
      app,
      `/v1/insights/${insight.id}/records`,
    )
    expect(open.body.Records.map(({ insightDetails }) => insightDetails)).toMatchObject([
      { state: 'Start', offtrail: { severity: 96.98 } },
    ])
    const strict = await ask(app, `/v1/insights/${insight.id}/records?strict=true`)
    expect(strict.text).not.toContain('offtrail')
  })

  it('answers 404 for an id nobody has', async () => {
    const app = await appOver({ insights: [insight] })
    for (const path of ['nothing', '__proto__', `${insight.id}%0A`, 'nothing/records']) {
      const { status, body } = await ask<{ type: string }>(app, `/v1/insights/${path}`)
      expect([path, status, body.type]).toEqual([path, 404, '/problems/NOT_FOUND'])
    }
  })
})

describe('GET /v1/incidents', () => {
  const incidents = Array.from({ length: 12 }, (_, index) =>
    anInsight({
      eventName: `Api${index}`,
      incident: `incident-${index % 5}`,
      startMs: START_MS + index * DAY_MS,
      endMs: START_MS + index * DAY_MS + 5 * MINUTE_MS,
      severity: index,
      principal: index < 5 ? 'role/one' : `role/${index % 5}`,
      ...(index === 11 ? stillOpen : {}),
    }),
  )

  interface Incidents {
    readonly items: readonly { id: string; state: string; insights: readonly unknown[] }[]
    readonly nextCursor?: string
  }

  it('groups insights by incident, newest first', async () => {
    const app = await appOver({ insights: incidents })
    const { body } = await ask<Incidents>(app, '/v1/incidents')
    expect(body.items.map(({ id, insights }) => [id, insights.length])).toEqual([
      ['incident-4', 2],
      ['incident-3', 2],
      ['incident-2', 2],
      ['incident-1', 3],
      ['incident-0', 3],
    ])
    expect(body.items[3]).toMatchObject({
      state: 'open',
      endTime: null,
      severity: 11,
      principal: null,
    })
    expect(body.items[4]).toMatchObject({
      state: 'closed',
      startTime: '2026-03-04T10:05:00Z',
      severity: 10,
    })
  })

  it('walks its pages to the end', async () => {
    const app = await appOver({ insights: incidents })
    const ids: string[] = []
    let next = ''
    do {
      const { body }: { body: Incidents } = await ask<Incidents>(
        app,
        `/v1/incidents?limit=2&minSeverity=1${next}`,
      )
      ids.push(...body.items.map(({ id }) => id))
      next = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`
    } while (next !== '')
    expect(ids).toEqual(['incident-0', 'incident-4', 'incident-3', 'incident-2', 'incident-1'])
  })

  it('answers one with all its insights, and 404 for an unknown one', async () => {
    const app = await appOver({ insights: incidents })
    const { body } = await ask<Incidents['items'][number]>(app, '/v1/incidents/incident-2')
    expect(body.insights).toHaveLength(2)
    expect((await ask(app, '/v1/incidents/none')).status).toBe(404)
  })
})
