import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scoreAccount } from '../../models/index.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import { CallTableBuilder } from '../../src/event/table/call-table.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import { loadAccount } from '../../src/pipeline/account-history.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { openStore } from '../../src/store/sqlite/open-store.ts'
import type { Store, StoreReader } from '../../src/store/store.ts'
import { ask } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'
import { seededRandom } from '../support/seeded-random.ts'

const ACCOUNT = '123456789012'
const FIRST_DAY = Math.floor(Date.UTC(2026, 1, 1) / 86_400_000)
const UNTIL_DAY = FIRST_DAY + 30
const NOW_MS = UNTIL_DAY * 86_400_000
const settings = settingsFrom({})

const folder = mkdtempSync(join(tmpdir(), 'offtrail-http-'))
let writer: Store
let reader: StoreReader
let app: HttpApp

beforeAll(async () => {
  const path = join(folder, 'store.db')
  const now = () => NOW_MS
  writer = openStore(path, { pid: 1, host: 'here', isAlive: () => true, now })
  commitCalls(writer)
  commitScores(writer)
  writer.replaceInsights(
    ACCOUNT,
    Array.from({ length: 25 }, (_, index) =>
      anInsight({
        account: ACCOUNT,
        eventName: `Api${index}`,
        score: index % 4,
        severity: index % 3,
      }),
    ),
  )
  reader = openReader(path)
  app = await buildApp({
    store: reader,
    settings: httpSettings(settings),
    now,
    why: whyOf(reader, settings),
  })
})

afterAll(async () => {
  await app.close()
  reader.close()
  writer.close()
  rmSync(folder, { recursive: true })
})

/** A month of RunInstances, about six an hour, and CreateVpc twice. */
function commitCalls(store: Store): void {
  const builder = new CallTableBuilder()
  const random = seededRandom(11)
  let eventCount = 0
  const call = (eventName: string, timeMs: number) =>
    builder.add({
      ...{ account: ACCOUNT, region: 'eu-west-1', category: 'Management', eventName, timeMs },
      ...{ eventSource: 'ec2.amazonaws.com', readOnly: false, userAgent: null, resource: null },
      errorCode: random() < 0.1 ? 'AccessDenied' : null,
      identity: `arn:aws:iam::${ACCOUNT}:role/app`,
      eventId: (eventCount++).toString(16).padStart(32, '0'),
      replaces: null,
    })
  for (let hour = FIRST_DAY * 24; hour < UNTIL_DAY * 24; hour++) {
    const calls = Math.floor(random() * 13)
    for (let i = 0; i < calls; i++) call('RunInstances', (hour + random()) * 3_600_000)
  }
  call('CreateVpc', NOW_MS - 7_200_000)
  call('CreateVpc', NOW_MS - 60_000)
  store.commitObject({
    ledger: {
      ...{ source: 'test', key: 'one', version: null, sha256: null, outcome: 'done', code: null },
      ...{ message: null, storedBytes: 1, inflatedBytes: 1, framing: 'records', stampMs: null },
      ...{ fromMs: FIRST_DAY * 86_400_000, untilMs: NOW_MS },
    },
    ...{ name: null, calls: builder.build(), rejected: [], rejectedCounts: new Map() },
    ...{ insights: 0, read: eventCount },
  })
}

function commitScores(store: Store): void {
  const { windowMinutes } = settings
  const span = { fromMinute: FIRST_DAY * 1_440, untilMinute: UNTIL_DAY * 1_440, windowMinutes }
  const { history, names } = loadAccount(store, ACCOUNT, span)
  const days = { fromDay: FIRST_DAY, untilDay: UNTIL_DAY }
  const scored = scoreAccount(history, days, { windowMinutes })
  const nameOf = (key: string) => {
    const name = names.get(key)
    return { series: name?.series.ref ?? -1, errorCode: name?.errorCode ?? null }
  }
  store.commitDetection({
    account: ACCOUNT,
    fromDay: FIRST_DAY,
    scored: [{ region: 'eu-west-1', watermarkMs: NOW_MS }],
    aggregateScores: [],
    scores: scored.scores.map((score) => ({ ...nameOf(score.key), score })),
    expectations: scored.expectations.map(({ key, expectation }) => ({
      ...nameOf(key),
      day: expectation.day,
      expectation,
    })),
    baselines: scored.standings.map(({ key, standing }) => ({ ...nameOf(key), standing })),
    laws: scored.days.map(({ day, laws }) => ({ day, law: laws })),
  })
}

interface List {
  readonly items: readonly Readonly<Record<string, unknown>>[]
  readonly nextCursor?: string
}

describe('the HTTP API over a store that another connection has open for writing', () => {
  it.each([
    '/v1/insights?limit=4&sort=-score',
    '/v1/insights?limit=7&sort=severity',
    '/v1/series?limit=1',
    '/v1/baselines?limit=2',
  ])('walks %s to the end without a gap or a double', async (first) => {
    const whole = await ask<List>(app, first.replace(/limit=\d+/, 'limit=500'))
    const walked: unknown[] = []
    let next: string | undefined = first
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof ask<List>>> = await ask<List>(app, next)
      walked.push(...page.body.items)
      next = /^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]
    }
    expect(walked).toEqual(whole.body.items)
    expect(walked.length).toBeGreaterThan(1)
  })

  it('answers what is normal on Mondays at 10:00, and for a rare API what would be noticed', async () => {
    const monday = await ask<List>(
      app,
      '/v1/baselines?eventSource=ec2&eventName=RunInstances&weekday=Monday&hour=10',
    )
    expect(monday.body.items[0]).toMatchObject({
      standing: 'dense',
      slot: { weekday: 'Monday', hour: 10, expected: expect.any(Number) },
    })
    const slot = monday.body.items[0]?.['slot'] as { expected: number } | undefined
    expect(slot?.expected).toBeGreaterThan(4)
    expect(slot?.expected).toBeLessThan(8)
    const rare = await ask<List>(app, '/v1/baselines?eventName=CreateVpc')
    expect(rare.body.items[0]).toMatchObject({
      standing: 'learning',
      sentence: expect.stringMatching(/that \d+ in one burst/),
    })
  })

  it('answers counts beside expectations, and why nothing was said', async () => {
    const { body } = await ask<List>(app, '/v1/series?eventName=RunInstances')
    const series = body.items[0] as { id: string; calls: number }
    const points = await ask<List>(
      app,
      `/v1/series/${series.id}/points?period=3600&from=40d&to=now`,
    )
    const counts = points.body.items.map(({ count }) => Number(count))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(series.calls)
    expect(points.body.items.at(-1)).toMatchObject({
      expected: expect.any(Number),
      high: expect.any(Number),
    })
    const why = await ask(app, `/v1/explain?series=${series.id}&at=2h`)
    expect(why.body).toMatchObject({
      series: series.id,
      standing: 'dense',
      sentence: expect.any(String),
    })
  })

  it('sees what the writer commits while it is open', async () => {
    expect((await ask(app, '/readyz')).status).toBe(200)
    const before = await ask<{ items: readonly unknown[] }>(app, '/v1/runs')
    writer.finishRun(writer.beginRun(NOW_MS), NOW_MS + 1, { done: true })
    const after = await ask<{ items: readonly unknown[] }>(app, '/v1/runs')
    expect(after.body.items).toHaveLength(before.body.items.length + 1)
    expect((await ask(app, '/v1/coverage')).body).toMatchObject({ files: { done: 1 } })
    expect((await ask(app, '/metrics')).text).toMatch(
      /direction="up",state="closed",severity="\w+"} 25\n/,
    )
  })
})
