import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { post } from '../../../src/sink/web/post.ts'
import { LOCAL, receiver } from '../../support/receiver.ts'

const SENT = { headers: { 'content-type': 'application/json' }, body: '{"a":"é"}' }

/** For 127.0.0.1 until 2126, signed by itself. */
const tls = { key: pem('key'), cert: pem('cert') }

function pem(name: string): string {
  return readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url), 'utf8')
}

const failureOf = (work: Promise<unknown>): Promise<{ about: string; message: string }> =>
  work.then(
    () => ({ about: 'nothing', message: 'it was sent' }),
    (error) => error,
  )

describe('a post', () => {
  it('hands over the body and answers with the status', async () => {
    const { url, received } = await receiver(() => ({ status: 204 }))
    expect(await post(`${url}/in?x=1`, SENT, LOCAL)).toMatchObject({ status: 204, text: '' })
    expect(received).toMatchObject([{ path: '/in?x=1', body: SENT.body }])
  })

  it('speaks TLS, and only to certificates that are trusted', async () => {
    const { url, received } = await receiver(() => ({}), tls)
    const { about, message } = await failureOf(post(url, SENT, { allowPrivate: true }))
    expect([about, message]).toEqual(['passing', expect.stringContaining('self-signed')])
    expect(received).toEqual([])
    const answer = await post(url, SENT, { allowPrivate: true, ca: tls.cert })
    expect(answer.status).toBe(200)
  })

  it('reads 64 KB of an answer and no more', async () => {
    const { url } = await receiver(() => ({ body: 'x'.repeat(5_000_000) }))
    expect((await post(url, SENT, LOCAL)).text).toHaveLength(65_536)
  })

  it('gives up where nobody answers in time', async () => {
    const { url, received } = await receiver(() => null)
    const failure = await failureOf(post(url, SENT, { ...LOCAL, timeoutMs: 100 }))
    expect(failure).toMatchObject({ about: 'passing' })
    expect(failure.message).toContain('no answer within 0.1 s')
    expect(received).toHaveLength(1)
  })

  it('gives up where a name is not resolved in time, or nobody listens', async () => {
    const never = { ...LOCAL, timeoutMs: 50, resolve: () => new Promise<never>(() => {}) }
    expect(await failureOf(post('http://a.test/', SENT, never))).toMatchObject({ about: 'passing' })
    const { url, close } = await receiver()
    await close()
    const failure = await failureOf(post(url, SENT, LOCAL))
    expect(failure).toMatchObject({ about: 'passing' })
    expect(failure.message).toContain('ECONNREFUSED')
  })

  it('follows no redirect', async () => {
    const inside = await receiver()
    const { url } = await receiver(() => ({ status: 307, headers: { location: inside.url } }))
    expect(await post(url, SENT, LOCAL)).toMatchObject({ status: 307 })
    expect(inside.connections()).toBe(0)
  })

  it('connects to the address that was checked, whatever the name becomes', async () => {
    const { url, connections } = await receiver()
    const { port } = new URL(url)
    let asked = 0
    const resolve = async () => {
      asked += 1
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    const answer = await post(`http://rebound.test:${port}/`, SENT, { ...LOCAL, resolve })
    expect([answer.status, asked, connections()]).toEqual([200, 1, 1])
  })
})

const BAD_HOSTS = [
  ...['127.0.0.1', '127.1', '0x7f.0.0.1', '0x7f000001', '2130706433', '017700000001', '0177.0.0.1'],
  ...[
    '127.0.0.1.',
    '①②⑦.0.0.1',
    '127。0。0。1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
  ],
  ...['[::ffff:7f00:1]', '[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '169.254.169.254'],
  ...['2852039166', '0xa9fea9fe', '0xa9.0xfe.0xa9.0xfe', '0251.0376.0251.0376', '169.254.43518'],
  ...['[fe80::1]', '[fd00:ec2::254]', '[fc00::1]', '10.0.0.1', '10.1', '172.16.0.1', '192.168.0.1'],
  ...[
    '192.168.257',
    '100.64.0.1',
    '0.0.0.0',
    '0',
    '[::]',
    '224.0.0.1',
    '[ff02::1]',
    '255.255.255.255',
  ],
  ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[::127.0.0.1]', '198.18.0.1', '[2001:db8::1]'],
]

describe('a post that is not to reach inside', () => {
  it.each(BAD_HOSTS)('refuses https://%s', async (host) => {
    const { url, connections } = await receiver()
    const { port } = new URL(url)
    const failure = await failureOf(post(`http://${host}:${port}/`, SENT, { allowHttp: true }))
    expect([failure.about, connections()]).toEqual(['place', 0])
    expect(failure.message).toContain('is not a public address')
  })

  it.each([
    ['one address', ['127.0.0.1']],
    ['one of two addresses', ['8.8.8.8', '10.0.0.1']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
  ])('refuses a name that has %s inside', async (_, inside) => {
    const { url, connections } = await receiver()
    const resolve = async () =>
      inside.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    const target = `http://inside.test:${new URL(url).port}/`
    const failure = await failureOf(post(target, SENT, { allowHttp: true, resolve }))
    expect([failure.about, connections()]).toEqual(['place', 0])
  })

  it.each(['localhost', 'LOCALHOST'])('refuses %s by the real resolver', async (host) => {
    const failure = await failureOf(post(`https://${host}/`, SENT))
    expect(failure).toMatchObject({ about: 'place' })
  })

  it('refuses link-local addresses even where private ones are allowed', async () => {
    const failure = await failureOf(post('http://169.254.169.254/latest', SENT, LOCAL))
    expect(failure).toMatchObject({ about: 'place' })
    expect(failure.message).not.toContain('allowPrivate')
  })

  it.each([
    ['plain HTTP', 'http://example.com/', 'allowHttp'],
    ['a user in the URL', 'https://example.com@127.0.0.1/', 'user name'],
    ['a password in the URL', 'https://u:secret@example.com/', 'user name'],
    ['another scheme', 'file:///etc/passwd', 'https://HOST/PATH'],
    ['another protocol', 'gopher://127.0.0.1:70/_', 'https://HOST/PATH'],
    ['no URL', 'example.com/secret', 'https://HOST/PATH'],
  ])('refuses %s, and repeats nothing secret', async (_, url, words) => {
    const failure = await failureOf(post(url, SENT))
    expect([failure.about, failure.message]).toEqual(['place', expect.stringContaining(words)])
    expect(failure.message).not.toContain('secret')
  })
})
