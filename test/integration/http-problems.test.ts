import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { appOver, aSeries, ask, NOW_MS } from '../support/http-world.ts'
import { memoryReader } from '../support/memory-reader.ts'

interface Problem {
  readonly type: string
  readonly status: number
  readonly detail: string
  readonly requestId: string
  readonly errors?: readonly { readonly parameter: string; readonly detail: string }[]
}

describe('a request that cannot be read', () => {
  it.each([
    ['/v1/insights?foo=1', 'foo', 'is not a parameter here; these are: from, to, account'],
    ['/v1/insights?__proto__=1', '__proto__', 'is not a parameter here'],
    ['/v1/insights?account%0A=1', 'account\n', 'is not a parameter here'],
    ['/v1/insights?limit=0', 'limit', 'must be >= 1'],
    ['/v1/insights?limit=501', 'limit', 'must be <= 500'],
    ['/v1/insights?limit=many', 'limit', 'must be integer'],
    ['/v1/insights?limit=1&limit=2', 'limit', 'must be integer'],
    ['/v1/insights?state=odd', 'state', 'must be one of open, closed'],
    ['/v1/insights?sort=name', 'sort', 'must be one of startTime, -startTime'],
    ['/v1/insights?minSeverity=101', 'minSeverity', 'must be <= 100'],
    ['/v1/insights?retracted=maybe', 'retracted', 'must be boolean'],
    ['/v1/series?period=60', 'period', 'is not a parameter here; these are: account, region'],
    ['/v1/series/1/points?period=61', 'period', 'must be one of 60, 300, 3600'],
    ['/v1/baselines?weekday=monday', 'weekday', 'must be one of Monday, Tuesday'],
    ['/v1/baselines/1?hour=24', 'hour', 'must be <= 23'],
    ['/v1/explain?series=1', 'at', 'is required'],
    ['/livez?verbose', 'verbose', 'is not a parameter here; there are none'],
    ['/v1/insights/x?verbose=1', 'verbose', 'is not a parameter here; there are none'],
  ])('%s names the parameter and what is right', async (url, parameter, words) => {
    const { status, headers, body } = await ask<Problem>(await appOver({}), url)
    expect(status).toBe(400)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(body).toMatchObject({
      type: '/problems/USAGE',
      status: 400,
      instance: url.split('?')[0],
    })
    const error = body.errors?.find((one) => one.parameter === parameter)
    expect(error?.detail).toContain(words)
  })

  it.each([
    'from=yesterdayish',
    'to=2026-13-01',
    'from=2026-03-04T10:00:00',
    'from=-7d',
    'from=1e3',
  ])('%s says which moment cannot be read, and how moments are written', async (query) => {
    const { status, body } = await ask<Problem>(await appOver({}), `/v1/insights?${query}`)
    expect(status).toBe(400)
    expect(body.detail).toMatch(/^(from|to): '.+' is no moment .* 2026-10-21T02:35:00Z/)
  })

  it('says so when from does not lie before to', async () => {
    const { body } = await ask<Problem>(await appOver({}), '/v1/insights?from=1h&to=2h')
    expect(body.detail).toBe('from (1h) must lie before to (2h)')
  })

  it('refuses too many values, too many parameters and too long a URL', async () => {
    const app = await appOver({})
    const values = Array.from({ length: 33 }, (_, index) => `account=${index}`).join('&')
    expect((await ask(app, `/v1/insights?${values}`)).status).toBe(400)
    expect((await ask(app, `/v1/insights?${values}&${values}`)).status).toBe(414)
    expect((await ask(app, `/v1/insights?account=${'9'.repeat(4_100)}`)).status).toBe(414)
    expect((await ask(app, `/v1/insights/${'9'.repeat(200)}`)).status).toBe(414)
    expect((await ask(app, '/v1/insights/%zz')).status).toBe(400)
  })
})

describe('an infinite number', () => {
  it.each([
    '/v1/series?limit=1e999',
    '/v1/insights?limit=-1e999',
    '/v1/runs?limit=1e999',
    '/v1/insights?minSeverity=1e999',
    '/v1/baselines?hour=1e999',
    '/v1/series/1/points?period=1e999',
  ])('is beyond the limit in %s', async (url) => {
    const { status, body } = await ask(await appOver({}), url)
    expect([status, body['type']]).toEqual([400, '/problems/USAGE'])
  })
})

describe('a path or method that is not there', () => {
  it.each([
    '/nothing',
    '/v1',
    '/v1/',
    '/v1/insights/',
    '/v1//insights',
    '/V1/insights',
    '/v1/../etc/passwd',
  ])('answers 404 for %s', async (url) => {
    const { status, body } = await ask<Problem>(await appOver({}), url)
    expect([status, body.type]).toEqual([404, '/problems/NOT_FOUND'])
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'answers 405 to %s on a route, 404 elsewhere, and reads no body',
    async (method) => {
      const app = await appOver({})
      for (const url of ['/v1/insights', '/v1/insights/some-id', '/', '/metrics']) {
        const refused = await app.inject({
          method,
          url,
          payload: '{"a":',
          headers: { 'content-type': 'x/y' },
        })
        expect([url, refused.statusCode, refused.headers.allow]).toEqual([url, 405, 'GET, HEAD'])
        expect(refused.json()).toMatchObject({ type: '/problems/METHOD_NOT_ALLOWED' })
      }
      expect((await app.inject({ method, url: '/nothing' })).statusCode).toBe(404)
    },
  )

  it('answers HEAD with the headers of GET and no body', async () => {
    const app = await appOver({})
    for (const url of ['/v1/insights', '/v1/insights/none', '/livez', '/metrics', '/']) {
      const [get, head] = [await app.inject({ url }), await app.inject({ method: 'HEAD', url })]
      expect([url, head.statusCode, head.body]).toEqual([url, get.statusCode, ''])
      expect(head.headers['content-type']).toBe(get.headers['content-type'])
    }
  })
})

describe('a fault behind a route', () => {
  const broken = (error: Error) => {
    const fail = () => {
      throw error
    }
    return buildApp({
      store: { ...memoryReader({ series: [aSeries(1)] }), insights: fail, runs: fail },
      settings: httpSettings(settingsFrom({})),
      now: () => NOW_MS,
      why: fail,
    })
  }

  it('answers a Fault with its status, code and words', async () => {
    const app = await broken(new Fault('STORE_DAMAGED', 'page 7 is damaged'))
    for (const url of ['/readyz', '/v1/insights', `/v1/explain?series=${aSeries(1).id}&at=1h`]) {
      const { status, body } = await ask<Problem>(app, url)
      expect([status, body.type, body.detail]).toEqual([
        503,
        '/problems/STORE_DAMAGED',
        'page 7 is damaged',
      ])
    }
    expect((await ask(app, '/livez')).status).toBe(200)
  })

  it('shows nothing of the inside of a bug but the request id', async () => {
    const app = await broken(new TypeError('secret detail at /home/me'))
    const { status, text, body } = await ask<Problem>(app, '/v1/insights', {
      'x-request-id': 'my-id.1',
    })
    expect(status).toBe(500)
    expect(text).not.toContain('secret')
    expect(body).toMatchObject({ type: '/problems/INTERNAL', requestId: 'my-id.1' })
  })
})

describe('request ids', () => {
  it('keeps a plain one and replaces what could break a log line', async () => {
    const app = await appOver({})
    const idFor = async (given: string) =>
      (await ask(app, '/livez', { 'x-request-id': given })).headers['x-request-id']
    expect(await idFor('abc-1_2.3')).toBe('abc-1_2.3')
    for (const odd of ['a b', 'x'.repeat(65), '{"a":1}'])
      expect(await idFor(odd)).toMatch(/^[\da-f-]{36}$/)
  })
})

describe('GET /problems/CODE', () => {
  it('explains every code, from the text on faults where there is one', async () => {
    const app = await buildApp({
      store: memoryReader({}),
      settings: httpSettings(settingsFrom({})),
      now: () => NOW_MS,
      why: () => {
        throw new Error('not asked')
      },
      faultsText: '# Faults\n\n## NOT_FOUND\n\nAsk for another.\n\n## USAGE\n\nRead the help.\n',
    })
    const page = await ask(app, '/problems/NOT_FOUND')
    expect(page.headers['content-type']).toBe('text/markdown; charset=utf-8')
    expect(page.text).toBe(
      '# NOT_FOUND\n\nThere is nothing here (HTTP status 404).\n\nAsk for another.\n',
    )
    expect((await ask(app, '/problems/TOO_MANY_REQUESTS')).text).toContain('Retry-After')
    const unknown = await ask<Problem>(app, '/problems/constructor')
    expect(unknown.status).toBe(404)
    for (const code of unknown.body.detail.split('these are: ')[1]?.split(', ') ?? []) {
      expect((await ask(app, `/problems/${code}`)).status).toBe(200)
    }
  })
})
