import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import { REQUEST_LIMITS } from '../../src/http/limits.ts'
import { listen } from '../../src/http/listen.ts'
import { appOver, ask } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'

describe('headers of every answer', () => {
  it.each([
    '/livez',
    '/v1/insights',
    '/nothing',
    '/v1/insights?foo',
    '/metrics',
    '/',
    '/v1/openapi.json',
    '/v1/insights/%zz',
    `/v1/insights/${'9'.repeat(101)}`,
  ])('keeps %s out of frames, caches, other origins and guesses', async (url) => {
    const { headers } = await ask(await appOver({}), url)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers).not.toHaveProperty('server')
  })
})

describe('the Host header', () => {
  it.each([
    'localhost',
    'LOCALHOST:8787',
    '127.0.0.1:80',
    '127.9.9.9',
    '[::1]:8787',
    'offtrail.internal',
  ])('lets %s in', async (host) => {
    const app = await appOver({}, { hostNames: ['Offtrail.internal'] })
    expect((await ask(app, '/livez', { host })).status).toBe(200)
  })

  it.each([
    'evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '127.0.0.1.evil.example',
    'a b',
    'x@localhost',
  ])('refuses %s, which a page elsewhere could have pointed here', async (host) => {
    const { status, body } = await ask(await appOver({}), '/livez', { host })
    expect([status, body['type']]).toEqual([421, '/problems/MISDIRECTED'])
  })
})

describe('the rate limit', () => {
  it('stops an address after its requests of a second, and never loopback', async () => {
    const app = await appOver({}, { requestsPerSecond: 3 })
    const statuses = async (remoteAddress: string) => {
      const seen: number[] = []
      for (let i = 0; i < 5; i++)
        seen.push((await app.inject({ url: '/livez', remoteAddress })).statusCode)
      return seen
    }
    expect(await statuses('10.0.0.9')).toEqual([200, 200, 200, 429, 429])
    expect(await statuses('10.0.0.10')).toEqual([200, 200, 200, 429, 429])
    expect(await statuses('127.0.0.1')).toEqual([200, 200, 200, 200, 200])
    expect(await statuses('::ffff:127.0.0.1')).toEqual([200, 200, 200, 200, 200])
    const refused = await app.inject({ url: '/livez', remoteAddress: '10.0.0.9' })
    expect(refused.headers['retry-after']).toBeDefined()
    expect(refused.json()).toMatchObject({ type: '/problems/TOO_MANY_REQUESTS', status: 429 })
  })
})

let app: HttpApp | undefined
afterEach(() => app?.close())

describe('listen', () => {
  it('answers over a real socket on loopback, with every limit set, and stops gracefully', async () => {
    app = await appOver({ insights: [anInsight()] })
    const url = await listen(app, { port: 0 })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const response = await fetch(`${url}/v1/insights?eventSource=ec2`)
    expect(await response.json()).toMatchObject({ items: [{ eventName: 'RunInstances' }] })
    expect(app.server).toMatchObject({
      requestTimeout: 15_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 30_000,
      timeout: 30_000,
      maxRequestsPerSocket: 1_000,
      maxConnections: 512,
      maxHeadersCount: 64,
    })
    await app.close()
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
  })

  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.com', ''])(
    'refuses to listen on %s',
    async (host) => {
      app = await appOver({})
      await expect(listen(app, { host, port: 0 })).rejects.toThrow(
        /loopback addresses only.*ssh -L/,
      )
      await expect(listen(app, { host, port: 0 })).rejects.toBeInstanceOf(Fault)
    },
  )

  it('says so when the port is taken, or none', async () => {
    app = await appOver({})
    const { port } = new URL(await listen(app, { host: 'localhost', port: 0 }))
    const other = await appOver({})
    await expect(listen(other, { port: Number(port) })).rejects.toThrow(/the port is taken/)
    await other.close()
    const third = await appOver({})
    await expect(listen(third, { port: 70_000 })).rejects.toThrow(/from 0 to 65535/)
    await third.close()
  })
})

describe('close', () => {
  it.each([
    ['that never asked', ''],
    ['whose request has not ended', 'GET /livez HTTP/1.1\r\nHost: local'],
    [
      'whose body does not come',
      'POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: a\r\nContent-Length: 9\r\n\r\n',
    ],
  ])('waits for no connection %s', async (_, bytes) => {
    const app = await appOver({})
    const { port } = new URL(await listen(app, { port: 0 }))
    const connected = once(app.server, 'connection')
    const ended = exchange(Number(port), bytes)
    await connected
    // An answer on a later connection tells that these bytes were read.
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200)
    await app.close()
    expect(await ended).not.toContain('HTTP/1.1 500')
  })
})

describe('a connection that breaks before the answer', () => {
  it('leaves no clock running that would keep the process', async () => {
    app = await appOver({})
    const { port } = new URL(await listen(app, { port: 0 }))
    const [begun, ended] = [
      vi.spyOn(globalThis, 'setTimeout'),
      vi.spyOn(globalThis, 'clearTimeout'),
    ]
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    const connected = once(app.server, 'connection')
    const request = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n'
    // Node destroys the connection before the first of the two is answered.
    const over = exchange(Number(port), `${request}${request.replace('GET', 'CONNECT')}`)
    const [socket] = await connected
    await Promise.all([once(socket, 'close'), over])
    const clocks = begun.mock.results.filter(
      (_, at) => begun.mock.calls[at]?.[1] === REQUEST_LIMITS.handlerTimeout,
    )
    expect(clocks).toHaveLength(1)
    expect(ended.mock.calls.map(([clock]) => clock)).toContain(clocks[0]?.value)
  })
})

describe('bytes that are no request', () => {
  it.each([
    [
      'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'USAGE',
    ],
    [
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['nonsense\r\n\r\n', 400, 'USAGE'],
  ])(
    'says what is wrong with a request that is none, and hangs up',
    async (bytes, status, code) => {
      app = await appOver({})
      const { port } = new URL(await listen(app, { port: 0 }))
      const [head = '', body = ''] = (await exchange(Number(port), bytes)).split('\r\n\r\n')
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(head).toContain('content-type: application/problem+json')
      expect(head).toContain('x-content-type-options: nosniff')
      expect(JSON.parse(body)).toMatchObject({ type: `/problems/${code}`, status })
      const url = `http://127.0.0.1:${port}/problems/${code}`
      expect(await (await fetch(url)).text()).toContain(`HTTP status ${status}`)
    },
  )

  it('closes the connection of a request without a host', async () => {
    app = await appOver({})
    const { port } = new URL(await listen(app, { port: 0 }))
    const answer = await exchange(Number(port), 'GET / HTTP/1.1\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
  })
})

/** Sends bytes and resolves to all that comes back until the other side closes. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}
