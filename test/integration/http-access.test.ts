import { get } from 'node:http'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Score } from '../../models/index.ts'
import { addAccess } from '../../src/http/access/add-access.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import { listen } from '../../src/http/listen.ts'
import type { KeptLabel } from '../../src/insight/label.ts'
import { appOver, aSeries, NOW_MS } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'
import { aLabel } from '../support/labels.ts'
import { memoryReader } from '../support/memory-reader.ts'
import { aToken, bearer } from '../support/tokens.ts'

const [mine, foreign] = ['123456789012', '999999999999']
const [ownInsight, foreignInsight] = [mine, foreign].map((account) =>
  anInsight({ account, incident: `incident-of-${account}` }),
) as [ReturnType<typeof anInsight>, ReturnType<typeof anInsight>]
const [ownSeries, foreignSeries] = [aSeries(1, { account: mine }), aSeries(2, { account: foreign })]
const [ownLabel, foreignLabel] = [mine, foreign].map((account) => aLabel({ account })) as [
  KeptLabel,
  KeptLabel,
]
const standing = { kind: 'sparse' }
const score: Score = {
  ...{ key: '', metric: 'calls', family: 'pool-calls', direction: 'up', fromWindow: 5_900_000 },
  ...{ untilWindow: 5_900_001, standsUntil: 5_900_001, unconfirmed: false, firstSeen: false },
  ...{ hotFromWindow: 5_900_000, hotUntilWindow: 5_900_001, count: 50, expected: 1, hourly: 1 },
  ...{ low: 0, high: 5, surprise: 9, peers: 1, terms: {} },
}
/** Its episode, as questions name it. */
const episodeOf = (id: string): string => `5900000.5900001.5900000..["${id}",null,"up"]`

const tokens = [
  aToken('all'),
  aToken('one', { accounts: [mine] }),
  aToken('none', { accounts: [] }),
  aToken('ends', { expiresTime: new Date(NOW_MS + 1).toISOString() }),
  aToken('ended', { expiresTime: new Date(NOW_MS).toISOString() }),
]
/** What a route answers to whom, with a URL of the caller's account and one of another where it names something. */
interface Entry {
  readonly access: 'public' | 'account' | 'whole'
  readonly own: string
  readonly foreign?: string
}

/** Every route. One that is missing here fails the first test. */
const MATRIX: Readonly<Record<string, Entry>> = {
  '/': { access: 'public', own: '/' },
  '/app/page.css': { access: 'public', own: '/app/page.css' },
  '/app/page.js': { access: 'public', own: '/app/page.js' },
  '/docs': { access: 'public', own: '/docs' },
  '/docs/style.css': { access: 'public', own: '/docs/style.css' },
  '/livez': { access: 'public', own: '/livez' },
  '/readyz': { access: 'public', own: '/readyz' },
  '/problems/{code}': { access: 'public', own: '/problems/USAGE' },
  '/v1/openapi.json': { access: 'public', own: '/v1/openapi.json' },
  '/v1/events': { access: 'whole', own: '/v1/events' },
  '/metrics': { access: 'whole', own: '/metrics' },
  '/v1/runs': { access: 'whole', own: '/v1/runs' },
  '/v1/coverage': { access: 'whole', own: '/v1/coverage' },
  '/v1/coverage/stretches': { access: 'account', own: '/v1/coverage/stretches' },
  '/v1/rejections': { access: 'whole', own: '/v1/rejections' },
  '/v1/insights': { access: 'account', own: '/v1/insights' },
  '/v1/insights/{id}': named('/v1/insights/', ownInsight.id, foreignInsight.id),
  '/v1/insights/{id}/records': named('/v1/insights/', ownInsight.id, foreignInsight.id, '/records'),
  '/v1/incidents': { access: 'account', own: '/v1/incidents' },
  '/v1/incidents/{id}': named('/v1/incidents/', ownInsight.incident, foreignInsight.incident),
  '/v1/insights/{id}/evidence': named(
    '/v1/insights/',
    ownInsight.id,
    foreignInsight.id,
    '/evidence',
  ),
  '/v1/insights/{id}/verdict': named('/v1/insights/', ownInsight.id, foreignInsight.id, '/verdict'),
  '/v1/selectors': { access: 'account', own: '/v1/selectors' },
  '/v1/verdicts': { access: 'account', own: '/v1/verdicts' },
  '/v1/labels': { access: 'account', own: '/v1/labels' },
  '/v1/labels/{id}': named('/v1/labels/', ownLabel.id, foreignLabel.id),
  '/v1/stream': { access: 'account', own: '/v1/stream?after=0' },
  '/v1/series': { access: 'account', own: '/v1/series' },
  '/v1/series/{id}': named('/v1/series/', ownSeries.id, foreignSeries.id),
  '/v1/series/{id}/points': named('/v1/series/', ownSeries.id, foreignSeries.id, '/points'),
  '/v1/series/{id}/exclusions': named('/v1/series/', ownSeries.id, foreignSeries.id, '/exclusions'),
  '/v1/freshness': { access: 'account', own: '/v1/freshness' },
  '/v1/replay': { access: 'account', own: '/v1/replay' },
  '/v1/replay/episodes': named(
    '/v1/replay/episodes?episode=',
    encodeURIComponent(episodeOf(ownSeries.id)),
    encodeURIComponent(episodeOf(foreignSeries.id)),
  ),
  '/v1/baselines': { access: 'account', own: '/v1/baselines' },
  '/v1/baselines/{seriesId}': named('/v1/baselines/', ownSeries.id, foreignSeries.id),
  '/v1/explain': named(
    '/v1/explain?at=2026-03-04T10:00:00Z&series=',
    ownSeries.id,
    foreignSeries.id,
  ),
}

function named(start: string, own: string, other: string, end = ''): Entry {
  return { access: 'account', own: `${start}${own}${end}`, foreign: `${start}${other}${end}` }
}

/** Callers that nothing but public routes answer. */
const STRANGERS: Readonly<Record<string, string | undefined>> = {
  'no header': undefined,
  'another scheme': `Basic ${Buffer.from('all:secret-of-all').toString('base64')}`,
  'no token': 'Bearer',
  'no secret': 'Bearer all',
  'an empty secret': 'Bearer all.',
  'a wrong secret': bearer('all', 'secret'),
  'more behind the secret': bearer('all', 'secret-of-all.more'),
  "another token's secret": bearer('all', 'secret-of-one'),
  'the hash for a secret': bearer('all', aToken('all').sha256),
  'an unknown token': bearer('other'),
  'a token that has ended': bearer('ended'),
  'a name out of the prototype': bearer('constructor'),
  'two tokens': `${bearer('all')}, ${bearer('one')}`,
}

/** What not everybody is answered. */
const guarded = Object.entries(MATRIX).filter(([, { access }]) => access !== 'public')

/** Ways to write a URL that a careless server takes for the same, or lets pass as another. */
function spellings(url: string): readonly string[] {
  const [path = '', query = ''] = url.split(/(?=\?)/, 2)
  const ways = [
    ...[`/${path}`, path.replaceAll('/', '//'), `${path}/`, `/.${path}`, `/livez/..${path}`],
    ...[`/${path.slice(1).replaceAll('/', '%2f')}`, `/%2f${path.slice(1)}`, `${path}%2f`],
    ...[`/${path.slice(1).replaceAll('/', '%5c')}`, path.replaceAll('/', '\\'), `${path}%00`],
    ...[path.toUpperCase(), encodedIn(path), encodedIn(encodedIn(path)), `${path};x=/livez`],
    ...[`http://127.0.0.1${path}`, `http://127.0.0.1/livez/..${path}`, `${path}?/livez`, path],
    ...[`${path}%3f`, `${path}%23`, `/livez/../${path}`, `/livez%2f..${path}`, `${path}/.`],
  ]
  return ways.map((way) => `${way}${query}`)
}

/** Every letter and digit as its percent code. */
function encodedIn(path: string): string {
  return path.replace(/[A-Za-z0-9%]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
}

let app: HttpApp
let port: number
afterAll(() => app.close())
beforeAll(async () => {
  const account = { account: mine, firstMinute: 0, dirtyMinute: null, regions: [] }
  app = await appOver(
    {
      insights: [ownInsight, foreignInsight],
      verdicts: [ownInsight, foreignInsight].map(({ id }) => ({
        ...{ insight: id, verdict: 'true', reason: null, note: null, by: 'all', atMs: NOW_MS },
      })),
      labels: [ownLabel, foreignLabel, aLabel({ account: null })],
      series: [ownSeries, foreignSeries],
      scores: [1, 2].map((series) => ({ series, errorCode: null, score })),
      baselines: [1, 2].map((series) => ({ series, errorCode: null, standing })),
      accounts: [account, { ...account, account: foreign }],
    },
    {},
    { tokens: () => tokens },
  )
  port = Number(new URL(await listen(app, { port: 0 })).port)
})

/** Over a socket: `inject` tidies paths. */
function statusAt(path: string, authorization?: string): Promise<number | undefined> {
  const headers = authorization === undefined ? {} : { authorization }
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    }).on('error', reject)
  })
}

const statusOf = async (
  method: 'GET' | 'HEAD',
  url: string,
  authorization: string | undefined,
): Promise<number> => {
  const headers = authorization === undefined ? {} : { authorization }
  return (await app.inject({ method, url, headers })).statusCode
}

describe('who is answered what', () => {
  it('is said for every route', () => {
    expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(app.swagger().paths ?? {}).sort())
  })

  it.each(Object.entries(MATRIX))(
    '%s answers those it is for, and nobody else',
    async (_, entry) => {
      const { access, own, foreign: other } = entry
      const whole = access === 'whole'
      for (const method of ['GET', 'HEAD'] as const) {
        for (const authorization of Object.values(STRANGERS)) {
          expect(await statusOf(method, own, authorization)).toBe(access === 'public' ? 200 : 401)
        }
        expect(await statusOf(method, own, bearer('all'))).toBe(200)
        expect(await statusOf(method, own, bearer('ends'))).toBe(200)
        expect(await statusOf(method, own, bearer('one'))).toBe(whole ? 403 : 200)
        if (other === undefined) continue
        expect(await statusOf(method, other, bearer('all'))).toBe(200)
        expect(await statusOf(method, other, bearer('one'))).toBe(404)
        expect(await statusOf(method, own, bearer('none'))).toBe(404)
      }
    },
  )

  it('is no label of another account, nor one that speaks of all', async () => {
    const listed = async (id: string) => {
      const { items } = (
        await app.inject({ url: '/v1/labels', headers: { authorization: bearer(id) } })
      ).json()
      return items.map(({ account }: KeptLabel) => account)
    }
    expect(await listed('all')).toEqual([mine, foreign, null])
    expect(await listed('one')).toEqual([mine])
    expect(await listed('none')).toEqual([])
  })

  it.each(['/v1/insights', '/v1/incidents', '/v1/series', '/v1/baselines'])(
    '%s lists what is of the caller’s accounts alone, whatever it is asked for',
    async (path) => {
      const listed = async (id: string, query = '') => {
        const headers = { authorization: bearer(id) }
        const { items } = (await app.inject({ url: `${path}${query}`, headers })).json()
        return items.map(
          (item: { account?: string; series?: { account: string } }) =>
            item.account ?? item.series?.account,
        )
      }
      expect((await listed('all')).sort()).toEqual([mine, foreign])
      expect(await listed('one')).toEqual([mine])
      expect(await listed('one', `?account=${foreign}`)).toEqual([])
      expect(await listed('one', `?account=${foreign}&account=${mine}`)).toEqual([mine])
      expect(await listed('none')).toEqual([])
    },
  )

  it('is told how to be answered', async () => {
    const unknown = await app.inject({ url: '/v1/insights' })
    expect(unknown.headers['www-authenticate']).toBe('Bearer realm="offtrail"')
    expect(unknown.json()).toMatchObject({ type: '/problems/UNAUTHORIZED', status: 401 })
    const headers = { authorization: bearer('one') }
    const partial = await app.inject({ url: '/v1/runs', headers })
    expect(partial.json()).toMatchObject({ type: '/problems/FORBIDDEN', status: 403 })
  })
})

describe('another way in', () => {
  it('is no route that the document hides, but the one that AWS’s clients post to', () => {
    const methods = [...app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)$/gm)]
    const kinds = methods.map(([, names]) => names).filter((names) => names !== 'GET, HEAD')
    expect(kinds.sort()).toEqual([
      'GET, HEAD, DELETE',
      'GET, HEAD, POST',
      'GET, HEAD, PUT',
      'GET, HEAD, PUT',
      'GET, HEAD, PUT, DELETE',
      'POST',
    ])
    expect(methods).toHaveLength(Object.keys(MATRIX).length + 1)
  })

  it.each(guarded.map(([route, { own }]) => [route, own]))(
    '%s takes no token in the query',
    async (_, own) => {
      const secret = bearer('all').slice('Bearer '.length)
      for (const name of ['token', 'access_token', 'authorization', 'Authorization', 'bearer']) {
        for (const value of [secret, bearer('all')]) {
          const query = `${name}=${encodeURIComponent(value)}`
          const url = `${own}${own.includes('?') ? '&' : '?'}${query}`
          expect(await statusOf('GET', url, undefined), url).toBe(401)
        }
      }
    },
  )

  it.each(guarded)('%s is closed however it is spelled', async (_, entry) => {
    const { access, own, foreign: other } = entry
    for (const spelled of spellings(own)) {
      expect([400, 401, 404], spelled).toContain(await statusAt(spelled))
      if (access === 'whole') {
        expect([400, 403, 404], spelled).toContain(await statusAt(spelled, bearer('one')))
      }
    }
    for (const spelled of other === undefined ? [] : spellings(other)) {
      expect([400, 404], spelled).toContain(await statusAt(spelled, bearer('one')))
    }
  })

  const unposted = guarded.filter(([route]) => route !== '/v1/events')
  it.each(unposted.map(([route, { own }]) => [route, own]))(
    '%s is not answered to a post, with whatever token',
    async (_, own) => {
      const target = { 'x-amz-target': 'CloudTrail_20131101.ListTrails' }
      const type = { 'content-type': 'application/x-amz-json-1.1' }
      const ask = (headers: Record<string, string>) =>
        app.inject({ method: 'POST', url: own.split('?', 1)[0] ?? '', headers, payload: '{}' })
      expect((await ask({ ...type, authorization: bearer('all') })).statusCode).toBe(405)
      const unsigned = await ask({ ...type, ...target })
      expect(unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
      const withToken = await ask({ ...type, ...target, authorization: bearer('all') })
      expect(withToken.json()).toMatchObject({ __type: 'IncompleteSignatureException' })
    },
  )
})

describe('a route that does not say whom it answers', () => {
  it('keeps the server from starting', () => {
    const bare: HttpApp = Fastify()
    addAccess(bare, {
      store: memoryReader({}),
      ...{ editor: null, inbox: null },
      audit: () => {},
      tokens: null,
      now: () => NOW_MS,
    })
    expect(() => bare.get('/v1/secrets', async () => 'all of them')).toThrow('/v1/secrets')
  })
})

describe('a server that asks for tokens', () => {
  it('answers under any name, since no page elsewhere knows a token', async () => {
    const headers = { host: 'insights.example', authorization: bearer('all') }
    expect((await app.inject({ url: '/v1/insights', headers })).statusCode).toBe(200)
  })

  it('may listen beyond loopback, and one that does not may not', async () => {
    const open = await appOver({})
    await expect(listen(open, { host: '0.0.0.0', port: 0 })).rejects.toThrow('without --tokens')
    const closed = await appOver({}, {}, { tokens: () => tokens })
    const url = await listen(closed, { host: '0.0.0.0', port: 0, beyondLoopback: true })
    const { port } = new URL(url)
    expect((await fetch(`http://127.0.0.1:${port}/v1/insights`)).status).toBe(401)
    await closed.close()
  })
})
