import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { rfc3339 } from '../../src/base/times.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import type { Insight } from '../../src/insight/insight.ts'
import { backtest } from '../../src/pipeline/tuning/backtest.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { editorOf } from '../../src/store/sqlite/edit-store.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { commandLine, place } from '../support/offtrail.ts'
import {
  DEFAULTS,
  insightsOf,
  runOver,
  withStore,
  writeDays,
  written,
} from '../support/pipeline-world.ts'
import { aToken, bearer } from '../support/tokens.ts'

const { path } = place()
let insight: Insight

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 12 }, (day) =>
    day < 10 ? [] : [{ minute: 720, count: 300, changes: { eventName: `Create${day}` } }],
  )
  insight = await withStore(path('store.db'), async (store) => {
    await runOver(store, path('trail'))
    return insightsOf(store).find(
      ({ insightType }) => insightType === 'ApiCallRateInsight',
    ) as Insight
  })
})

const offtrail = (...args: readonly string[]) => commandLine([...args, '--store', path('store.db')])

/** What the history of the store is worth, by the labels it knows. */
function scored(labels: Parameters<typeof backtest>[2]['labels'] = []) {
  const store = openReader(path('store.db'))
  onTestFinished(() => store.close())
  return backtest(store, DEFAULTS, { labels, fromMs: 0, untilMs: 1e15 })
}

const times = () => [insight.startMs - 60_000, insight.startMs + 600_000].map(rfc3339)

describe('offtrail label', () => {
  it('keeps what happened, which backtest and tune hold history against, until it is taken back', async () => {
    const before = scored()
    expect(before).toMatchObject({ labelled: 0, recall: null })
    const [from = '', to = ''] = times()
    const where = ['--service', 'ec2', '--api', insight.eventName, '--account', insight.account]
    const span = ['--from', from, '--to', to]
    const add = ['label', 'add', '--kind', 'mining', ...span, ...where]
    const added = await offtrail(...add, '--title', 'role of tests')
    expect(added).toMatchObject({ code: 0, err: '' })
    const id = added.out.trim()
    expect(id).toMatch(/^[\da-f]{16}$/)
    expect(scored()).toMatchObject({ labelled: 1, caught: 1, others: before.others - 1 })
    const tuned = await offtrail('tune', '--budget', '1', '--json')
    expect(JSON.parse(tuned.out).result).toMatchObject({ labelled: 1 })
    expect((await offtrail('label')).out).toMatch(
      new RegExp(
        `^${id.slice(0, 8)} +mining +${from} +${to} +${insight.account} +ec2\\.amazonaws\\.com:${insight.eventName} +command line +role of tests$`,
        'm',
      ),
    )
    const again = await offtrail(...add, '--title', 'another title', '--by', 'me', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ id, title: 'another title', by: 'me' })
    expect(JSON.parse((await offtrail('label', 'list', '--json')).out)).toEqual([
      JSON.parse(again.out),
    ])
    expect((await offtrail('label', 'remove', id.slice(0, 6))).code).toBe(0)
    expect(scored()).toEqual(before)
  })

  it('imports a file, twice the same as once, and beside the file itself', async () => {
    const [startTime, endTime] = times()
    const rows = [
      { kind: 'burst', startTime, endTime, account: insight.account },
      { kind: 'drop', startTime, endTime, title: '=1+1 \u202e' },
    ]
    const file = written(path('labels.json'), JSON.stringify({ labels: rows }))
    const imported = () => offtrail('label', 'import', file)
    expect((await imported()).err).toBe('2 labels read, 2 of them new.\n')
    expect((await imported()).err).toBe('2 labels read, 0 of them new.\n')
    const lines = (await offtrail('backtest', '--labels', file, '--format', 'json', '--quiet')).out
    expect(JSON.parse(lines)[0]).toMatchObject({ labelled: 2, kinds: { burst: { labelled: 1 } } })
    expect((await offtrail('label')).out).not.toContain('\u202e')
    for (const { id } of JSON.parse((await offtrail('label', '--json')).out)) {
      await offtrail('label', 'remove', id)
    }
  })

  it.each([
    [['add', '--kind', 'x', '--from', '1d', '--to', '2d'], 2, 'endTime must lie after startTime'],
    [['add', '--kind', '', '--from', '2d', '--to', '1d'], 2, 'kind is missing'],
    [['add', '--kind', 'x', '--from', '2d'], 2, '--to'],
    [['remove', 'abc'], 4, 'no label has the id abc'],
  ])('refuses %j', async (args, code, words) => {
    const ended = await offtrail('label', ...args)
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(words)
  })

  it('asks for more of an id that several labels begin with', async () => {
    for (const kind of ['one', 'other']) {
      await offtrail('label', 'add', '--kind', kind, '--from', '2d', '--to', '1d')
    }
    const ended = await offtrail('label', 'remove', '')
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('2 labels begin with') })
    for (const { id } of JSON.parse((await offtrail('label', '--json')).out)) {
      await offtrail('label', 'remove', id)
    }
  })
})

describe('a label over HTTP', () => {
  const asker = async () => {
    const store = openReader(path('store.db'))
    const app = await buildApp({
      ...{ store, editor: editorOf(path('store.db')), now: () => Date.UTC(2026, 5, 1) },
      ...{ settings: httpSettings(DEFAULTS), why: whyOf(store, DEFAULTS) },
      tokens: () => [
        aToken('writes', { scope: 'write' }),
        aToken('mine', { scope: 'write', accounts: [insight.account] }),
      ],
    })
    onTestFinished(async () => {
      await app.close()
      store.close()
    })
    return async (
      method: 'GET' | 'PUT' | 'DELETE',
      url: string,
      payload?: object,
      as = 'writes',
    ) => {
      const headers = { authorization: bearer(as) }
      const sent = payload === undefined ? {} : { payload }
      const { statusCode, body } = await app.inject({ method, url, headers, ...sent })
      return { status: statusCode, body: body === '' ? null : JSON.parse(body) }
    }
  }

  it('is kept, listed, changed but for its id, and taken back', async () => {
    const ask = await asker()
    const [startTime, endTime] = times()
    const told = { kind: 'burst', account: insight.account, eventSource: 'ec2', startTime, endTime }
    const { status, body } = await ask('PUT', '/v1/labels', told)
    expect([status, body]).toEqual([
      200,
      {
        ...told,
        ...{ id: expect.stringMatching(/^[\da-f]{16}$/), title: 'burst' },
        ...{ eventSource: 'ec2.amazonaws.com', eventName: null, errorCode: null },
        ...{ principal: null, region: null, by: 'writes of tests', time: '2026-06-01T00:00:00Z' },
      },
    ])
    const title = 'ticket "7" \u202e'
    const renamed = await ask('PUT', '/v1/labels', { ...told, title }, 'mine')
    expect(renamed.body).toEqual({ ...body, title, by: 'mine of tests' })
    expect((await ask('GET', '/v1/labels')).body).toEqual({ items: [renamed.body] })
    expect((await ask('GET', `/v1/labels/${body.id}`)).body).toEqual(renamed.body)
    expect(scored()).toMatchObject({ labelled: 1, caught: 1 })
    expect((await ask('DELETE', `/v1/labels/${body.id}`)).status).toBe(204)
    expect((await ask('DELETE', `/v1/labels/${body.id}`)).status).toBe(404)
    expect((await ask('GET', `/v1/labels/${body.id}`)).status).toBe(404)
    expect(scored()).toMatchObject({ labelled: 0 })
  })

  it.each([
    {},
    { startTime: '30d' },
    { startTime: 'now' },
    { startTime: '2026-03-05' },
    { kind: '' },
    { account: {} },
    { account: '' },
    { id: 'of mine' },
  ])('cannot have %j', async (changes) => {
    const ask = await asker()
    const whole = { kind: 'burst', startTime: '2026-03-03', endTime: '2026-03-04' }
    const payload = Object.keys(changes).length === 0 ? changes : { ...whole, ...changes }
    const { status, body } = await ask('PUT', '/v1/labels', payload)
    expect([status, body.type]).toEqual([400, '/problems/USAGE'])
  })

  it('of all accounts is not for a token of some', async () => {
    const ask = await asker()
    const payload = { kind: 'burst', startTime: '2026-03-03', endTime: '2026-03-04' }
    const { status, body } = await ask('PUT', '/v1/labels', payload, 'mine')
    expect([status, body.detail]).toEqual([400, 'a label needs an account that you may write'])
  })
})
