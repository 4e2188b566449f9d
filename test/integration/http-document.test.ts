import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../src/base/fault.ts'
import { appOver, aSeries, ask, NOW_MS } from '../support/http-world.ts'
import { anInsight, stillOpen } from '../support/insights.ts'
import { breaches } from '../support/openapi-check.ts'

interface Operation {
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; in: string; required: boolean }[]
  readonly responses: object
}

interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

/** Queries that nothing can be answered without. */
const REQUIRED = new Map([
  ['/v1/explain', ['at']],
  ['/v1/replay/episodes', ['episode']],
])

describe('GET /v1/openapi.json', () => {
  it('documents every route that answers, and no other', async () => {
    const app = await appOver({})
    const { body } = await ask<OpenApi>(app, '/v1/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths).sort()).toEqual(
      routesIn(app.printRoutes({ commonPrefix: false })),
    )
    for (const [path, { get }] of Object.entries(body.paths)) {
      expect([path, get.summary]).toEqual([path, expect.stringMatching(/\.$/)])
      expect([path, Object.keys(get.responses)]).toEqual([path, ['200', '4XX', '5XX']])
      const required = get.parameters?.filter((one) => one.required && one.in === 'query')
      const names = required?.map(({ name }) => name) ?? []
      expect([path, names]).toEqual([path, REQUIRED.get(path) ?? []])
    }
  })

  it('names its parts, and refers to none that is missing', async () => {
    const { body, text } = await ask<OpenApi>(await appOver({}), '/v1/openapi.json')
    const names = Object.keys(body.components.schemas)
    expect(names).toEqual(
      expect.arrayContaining(['Problem', 'Insight', 'Series', 'Point', 'Baseline']),
    )
    expect(names.filter((name) => /def-|Part\d/.test(name))).toEqual([])
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref)
    expect(referred.length).toBeGreaterThan(20)
    for (const ref of referred)
      expect(names.map((name) => `#/components/schemas/${name}`)).toContain(ref)
  })

  it('notices an answer that does not keep to it', async () => {
    const app = await appOver({})
    const answered = {
      url: '/livez',
      status: 200,
      contentType: 'application/json',
      text: '{"status":1}',
    }
    expect(breaches(app, answered)).toContain('/status must be string')
    expect(breaches(app, { ...answered, url: '/v1/insights' })).toContain(
      " must have required property 'items'",
    )
    expect(breaches(app, { ...answered, status: 204 })).toHaveLength(1)
    expect(breaches(app, { ...answered, url: '/v2' })).toEqual(['/v2 is not documented'])
  })
})

/** Paths of the router's tree, four columns a level. */
function routesIn(printed: string): string[] {
  const above: string[] = []
  return printed
    .split('\n')
    .flatMap((line) => {
      const [, indent, part] = /^(.*)── (\S+) \(GET, HEAD[A-Z, ]*\)$/.exec(line) ?? []
      if (indent === undefined || part === undefined) return []
      const depth = (indent.length - 1) / 4
      above[depth] = `${depth === 0 ? '' : above[depth - 1]}${part}`
      return [above[depth]]
    })
    .map((path) => path.replace(/:(\w+)/g, '{$1}'))
    .sort()
}

describe('GET /', () => {
  it('lists every route in plain text', async () => {
    const app = await appOver({})
    const { headers, text } = await ask(app, '/')
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    const { body } = await ask<OpenApi>(app, '/v1/openapi.json')
    for (const [path, { get }] of Object.entries(body.paths)) {
      expect(text).toMatch(
        new RegExp(`^  ${path.replace(/[{}.]/g, '\\$&')} +${get.summary.slice(0, 9)}`, 'm'),
      )
    }
  })
})

describe('GET /metrics', () => {
  const app = () =>
    appOver({
      insights: [
        anInsight(),
        anInsight({ eventName: 'A' }),
        anInsight({ eventName: 'B', direction: 'down', ...stillOpen }),
        { insight: anInsight({ eventName: 'C' }), revision: 2, status: 'retracted' },
      ],
      accounts: [
        {
          account: '1"2\\3\n4',
          firstMinute: 0,
          dirtyMinute: null,
          regions: [{ region: 'x'.repeat(300), watermarkMs: NOW_MS, scoredMs: null }],
        },
      ],
      totals: {
        ...{ read: 10, counted: 7, duplicate: 1, rejected: 2 },
        rejectedByCode: new Map([['TIME_INVALID', 2]]),
        objects: { done: 4, partial: 0, failed: 1, skipped: 2 },
      },
    })

  it('is a page that Prometheus reads, line by line', async () => {
    const asked = await app()
    await ask(asked, '/livez')
    const { headers, text } = await ask(asked, '/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    const line =
      /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="([^"\\\n]|\\["\\n])*"(,\w+="([^"\\\n]|\\["\\n])*")*\})? -?[\d.e+]+|)$/
    for (const one of text.split('\n')) expect(one).toMatch(line)
  })

  it('counts insights, records, files and watermarks, the same at every look', async () => {
    const asked = await app()
    await ask(asked, '/metrics')
    const { text } = await ask(asked, '/metrics')
    for (const expected of [
      'offtrail_insights{type="ApiCallRateInsight",direction="up",state="closed",severity="critical"} 2',
      'offtrail_insights{type="ApiCallRateInsight",direction="down",state="open",severity="critical"} 1',
      'offtrail_records_total{outcome="counted"} 7',
      'offtrail_records_total{outcome="rejected"} 2',
      'offtrail_rejected_records_total{code="TIME_INVALID"} 2',
      'offtrail_files_total{outcome="failed"} 1',
      `offtrail_watermark_seconds{account="1\\"2\\\\3\\n4",region="${'x'.repeat(128)}"} ${NOW_MS / 1000}`,
      'offtrail_http_request_duration_seconds_count{method="GET",route="/metrics",status="200"} 1',
    ]) {
      expect(text.split('\n')).toContain(expected)
    }
  })

  it('takes no label from what callers send', async () => {
    const asked = await appOver({})
    await ask(asked, '/secret-path')
    await asked.inject({ method: 'DELETE', url: '/v1/insights/secret' })
    const { text } = await ask(asked, '/metrics')
    expect(text).not.toContain('secret')
    expect(text).toContain('method="other",route="none",status="405"')
  })
})

describe('GET /v1/coverage/stretches', () => {
  it('answers hours by what digests prove of them, and the share that is proven', async () => {
    const place = { account: '123456789012', region: 'eu-west-1' }
    const other = { account: '123456789012', region: 'us-east-1' }
    const app = await appOver({
      coverage: [
        { ...place, fromHour: 490_000, untilHour: 490_003, state: 'proven' },
        { ...place, fromHour: 490_003, untilHour: 490_004, state: 'gap' },
        { ...other, fromHour: 490_000, untilHour: 490_001, state: 'damaged' },
      ],
    })
    const from = '2025-11-24T16:00:00Z'
    const gapFrom = '2025-11-24T19:00:00Z'
    expect((await ask(app, '/v1/coverage/stretches')).body).toEqual({
      stretches: [
        { ...place, from, to: gapFrom, state: 'proven' },
        { ...place, from: gapFrom, to: '2025-11-24T20:00:00Z', state: 'gap' },
        { ...other, from, to: '2025-11-24T17:00:00Z', state: 'damaged' },
      ],
      regions: [
        { ...place, provenShare: 0.75, provenUntil: gapFrom },
        { ...other, provenShare: 0, provenUntil: null },
      ],
    })
    const { body } = await ask<{ regions: readonly unknown[] }>(
      app,
      '/v1/coverage/stretches?region=us-east-1',
    )
    expect(body.regions).toHaveLength(1)
  })
})

describe('GET /v1/coverage and /v1/runs', () => {
  it('answers how far accounts reach and what became of records and files', async () => {
    const app = await appOver({
      accounts: [
        {
          account: '123456789012',
          firstMinute: 29_000_000,
          dirtyMinute: 29_500_000,
          regions: [{ region: 'eu-west-1', watermarkMs: NOW_MS, scoredMs: null }],
        },
      ],
      totals: { read: 3, counted: 2, rejected: 1, rejectedByCode: new Map([['NAME_MISSING', 1]]) },
    })
    const { body } = await ask(app, '/v1/coverage')
    expect(body).toEqual({
      regions: [
        {
          account: '123456789012',
          region: 'eu-west-1',
          knownUntil: '2026-03-05T12:00:00Z',
          scoredUntil: null,
        },
      ],
      accounts: [
        {
          account: '123456789012',
          firstTime: '2025-02-19T21:20:00Z',
          changedFrom: '2026-02-02T02:40:00Z',
        },
      ],
      records: {
        read: 3,
        counted: 2,
        duplicate: 0,
        late: 0,
        rejected: 1,
        insights: 0,
        conflicts: 0,
      },
      files: { done: 0, partial: 0, failed: 0, skipped: 0 },
      rejections: { NAME_MISSING: 1 },
    })
  })

  it('answers the newest runs first, with their reports as they are', async () => {
    const report = { deep: [{ at: null }], text: '\u001b[2J' }
    const runs = [
      { id: 1, startedMs: NOW_MS - 2_000, finishedMs: NOW_MS - 1_000, report },
      { id: 2, startedMs: NOW_MS, finishedMs: null, report: null },
    ]
    const app = await appOver({ runs })
    const { body } = await ask<{ items: readonly { id: number }[] }>(app, '/v1/runs')
    expect(body.items).toEqual([
      { id: 2, startTime: '2026-03-05T12:00:00Z', finishTime: null, report: null },
      { id: 1, startTime: '2026-03-05T11:59:58Z', finishTime: '2026-03-05T11:59:59Z', report },
    ])
    expect((await ask<typeof body>(app, '/v1/runs?limit=1')).body.items).toHaveLength(1)
  })
})

describe('GET /v1/explain', () => {
  const series = [
    aSeries(1),
    aSeries(2, { region: 'eu-west-1' }),
    aSeries(3, { eventName: '__proto__\n', eventSource: 'odd' }),
  ]
  const at = 'at=2026-03-04T10:05:00Z'

  it('answers for a series named by its id or by its API, with and without an error code', async () => {
    const app = await appOver({ series })
    for (const name of [
      `series=${aSeries(2).id}`,
      'eventSource=ec2&eventName=RunInstances&region=eu-west-1',
      'account=123456789012&category=Management&eventSource=ec2.amazonaws.com&eventName=RunInstances&region=eu-west-1',
    ]) {
      const { body } = await ask(app, `/v1/explain?${name}&${at}&errorCode=AccessDenied`)
      expect(body).toMatchObject({
        series: aSeries(2).id,
        at: '2026-03-04T10:05:00.000Z',
        sentence: 'asked about AccessDenied',
        arithmetic: { bursts: 12, law: 'log-normal' },
      })
    }
    const odd = await ask(app, `/v1/explain?eventSource=odd&eventName=__proto__%0A&${at}`)
    expect(odd.body).toMatchObject({ series: aSeries(3).id, sentence: 'asked about calls' })
  })

  it.each([
    [
      `eventSource=ec2&eventName=RunInstances&${at}`,
      400,
      /several series match.*series=0+1 .*series=0+2 /,
    ],
    [`eventSource=ec2&${at}`, 400, /name a series by its id/],
    [`series=00&${at}`, 404, /no series '00'/],
    [`eventSource=s3&eventName=GetObject&${at}`, 404, /ever seen/],
    [`series=${aSeries(1).id}&at=noon`, 400, /^at: 'noon' is no moment/],
  ])('says what to name instead: %s', async (query, status, words) => {
    const answer = await ask<{ detail: string }>(await appOver({ series }), `/v1/explain?${query}`)
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toMatch(words)
  })
})

it('gives every fault a page under its code', async () => {
  const app = await appOver({})
  for (const code of Object.keys(FAULTS))
    expect((await ask(app, `/problems/${code}`)).status).toBe(200)
})
