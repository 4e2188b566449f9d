import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ApiToken } from '../../src/base/api-token.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { backtest } from '../../src/pipeline/tuning/backtest.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { editorOf } from '../../src/store/sqlite/edit-store.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'
import { DEFAULTS, insightsOf, runOver, withStore, writeDays } from '../support/pipeline-world.ts'
import { aToken, bearer } from '../support/tokens.ts'

const { path } = place()
let ids: readonly string[] = []

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 12 }, (day) =>
    day < 10 ? [] : [{ minute: 720, count: 300, changes: { eventName: `Create${day}` } }],
  )
  ids = await withStore(path('offtrail.db'), async (store) => {
    await runOver(store, path('trail'))
    return insightsOf(store)
      .filter(({ insightType }) => insightType === 'ApiCallRateInsight')
      .map(({ id }) => id)
  })
})

const TOKENS = [
  aToken('reads', {}),
  aToken('writes', { scope: 'write' }),
  aToken('elsewhere', { scope: 'write', accounts: ['999999999999'] }),
]

async function appWith(tokens: (() => readonly ApiToken[]) | null, mayEdit = true) {
  const store = openReader(path('offtrail.db'))
  const app = await buildApp({
    ...{ store, now: () => Date.UTC(2026, 5, 1), tokens },
    ...(mayEdit && { editor: editorOf(path('offtrail.db')) }),
    ...{ settings: httpSettings(DEFAULTS), why: whyOf(store, DEFAULTS) },
  })
  onTestFinished(async () => {
    await app.close()
    store.close()
  })
  return async (
    method: 'GET' | 'PUT' | 'DELETE' | 'POST',
    url: string,
    as: string | null,
    payload?: object,
  ) => {
    const headers = as === null ? {} : { authorization: bearer(as) }
    const sent = payload === undefined ? {} : { payload }
    const { statusCode, body } = await app.inject({ method, url, headers, ...sent })
    return { status: statusCode, body: body === '' ? null : JSON.parse(body) }
  }
}

describe('a verdict over HTTP', () => {
  it('is kept, replaced, counted and taken back', async () => {
    const ask = await appWith(() => TOKENS)
    const url = `/v1/insights/${ids[0]}/verdict`
    expect((await ask('GET', url, 'reads')).status).toBe(404)
    const said = { verdict: 'false', reason: 'known-job', note: 'the "nightly" \u202e job' }
    expect(await ask('PUT', url, 'writes', said)).toEqual({
      status: 200,
      body: { insight: ids[0], ...said, by: 'writes of tests', time: '2026-06-01T00:00:00Z' },
    })
    await ask('PUT', url, 'writes', { verdict: 'true' })
    expect((await ask('GET', url, 'reads')).body).toMatchObject({ verdict: 'true', reason: null })
    await ask('PUT', `/v1/insights/${ids[1]}/verdict`, 'writes', { verdict: 'expected' })
    const { body } = await ask('GET', '/v1/verdicts', 'reads')
    expect(body.items).toHaveLength(2)
    expect(body.apis).toContainEqual({
      api: 'ec2.amazonaws.com:Create10',
      true: 1,
      expected: 0,
      false: 0,
    })
    expect((await ask('GET', '/v1/verdicts', 'elsewhere')).body.items).toEqual([])
    expect((await ask('DELETE', url, 'writes')).status).toBe(204)
    expect((await ask('GET', url, 'reads')).status).toBe(404)
    await ask('DELETE', `/v1/insights/${ids[1]}/verdict`, 'writes')
  })

  it.each(['PUT', 'DELETE'] as const)('needs a token that may write: %s', async (method) => {
    const ask = await appWith(() => TOKENS)
    const url = `/v1/insights/${ids[0]}/verdict`
    const payload = method === 'PUT' ? { verdict: 'true' } : undefined
    expect((await ask(method, url, null, payload)).status).toBe(401)
    expect((await ask(method, url, 'nobody', payload)).status).toBe(401)
    expect((await ask(method, url, 'reads', payload)).status).toBe(403)
    expect((await ask(method, url, 'elsewhere', payload)).status).toBe(404)
    const open = await appWith(null)
    expect((await open(method, url, null, payload)).status).toBe(403)
    const reading = await appWith(() => TOKENS, false)
    expect((await reading(method, url, 'writes', payload)).status).toBe(503)
  })

  it.each([
    {},
    { verdict: 'maybe' },
    { verdict: 'true', reason: 'whim' },
    { verdict: 'true', x: 1 },
  ])('cannot be %j', async (payload) => {
    const ask = await appWith(() => TOKENS)
    const { status, body } = await ask('PUT', `/v1/insights/${ids[0]}/verdict`, 'writes', payload)
    expect([status, body.type]).toEqual([400, '/problems/USAGE'])
  })

  it('is for known insights, and for the methods there are', async () => {
    const ask = await appWith(() => TOKENS)
    expect(
      (await ask('PUT', '/v1/insights/no/verdict', 'writes', { verdict: 'true' })).status,
    ).toBe(404)
    expect((await ask('POST', `/v1/insights/${ids[0]}/verdict`, 'writes', {})).status).toBe(405)
    expect((await ask('PUT', '/v1/insights', 'writes', {})).status).toBe(405)
  })
})

describe('a verdict on the command line', () => {
  const offtrail = async (...args: readonly string[]) => {
    const { terminal, said } = recordingTerminal()
    const all = ['insights', ...args, '--store', path('offtrail.db')]
    return { code: await runCommandLine(all, terminal), ...said }
  }

  it('is a label for backtest and tune, until it is taken back', async () => {
    const [id = ''] = ids
    const score = () => {
      const store = openReader(path('offtrail.db'))
      const result = backtest(store, DEFAULTS, { labels: [], fromMs: 0, untilMs: 1e15 })
      store.close()
      return result
    }
    const before = score()
    expect((await offtrail('verdict', id.slice(0, 8), 'true', '--note', 'stolen keys')).code).toBe(
      0,
    )
    expect(score()).toMatchObject({ labelled: 1, caught: 1, others: before.others - 1 })
    expect((await offtrail('verdicts')).out).toMatch(
      new RegExp(
        `^${id.slice(0, 8)} +true +- +ec2\\.amazonaws\\.com:Create1\\d +command line +stolen keys$`,
        'm',
      ),
    )
    expect(JSON.parse((await offtrail('verdicts', '--json')).out)).toMatchObject([
      { insight: id, verdict: 'true', time: '2026-06-01T00:00:00Z' },
    ])
    await offtrail('verdict', id, 'expected', '--reason', 'test')
    expect(score()).toEqual(before)
    await offtrail('verdict', id, 'none')
    expect(JSON.parse((await offtrail('verdicts', '--json')).out)).toEqual([])
  })

  it.each([
    [['verdict', 'zzz', 'true'], 4, 'no insight has the id'],
    [['verdict', 'ID', 'maybe'], 2, 'a verdict is true, expected, false or none'],
    [['verdict', 'ID', 'false', '--reason', 'whim'], 2, 'whim'],
  ])('refuses %j', async (args, code, words) => {
    const ended = await offtrail(...args.map((each) => (each === 'ID' ? (ids[0] ?? '') : each)))
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(words)
  })
})
