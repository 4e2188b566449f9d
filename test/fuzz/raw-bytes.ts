import fc from 'fast-check'
import { wildCodes, wildText } from './wild.ts'

/** Bytes that may be a request, or several, or none. */
export function rawRequest(token: string): fc.Arbitrary<Buffer> {
  const one = fc
    .tuple(line(), fc.array(header(token), { maxLength: 3 }), body)
    .map(([first, headers, rest]) => [first, 'Host: localhost', ...headers, '', rest].join('\r\n'))
  const cut = fc.tuple(one, fc.nat(100)).map(([text, at]) => text.slice(0, at))
  const two = fc.tuple(one, one).map((both) => both.join(''))
  return fc
    .oneof({ weight: 8, arbitrary: one }, { weight: 2, arbitrary: two }, cut, bytes)
    .map((text) => Buffer.from(text, 'latin1'))
}

const bytes = fc.uint8Array({ maxLength: 20 }).map((each) => Buffer.from(each).toString('latin1'))
const odd = fc.oneof(bytes, wildText, wildCodes)

/** The first of the two in nine of ten. */
function mostly(sane: fc.Arbitrary<string>, wild: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 9, arbitrary: sane }, { weight: 1, arbitrary: wild })
}

function line(): fc.Arbitrary<string> {
  const methods = fc.constantFrom(...['GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'CONNECT'])
  const sane = fc.constantFrom('/livez', '/v1/insights?limit=1', '//v1/insights', 'http://a/livez')
  const path = mostly(
    sane,
    fc.oneof(
      fc.constantFrom('*', ''),
      wildCodes.map((text) => `/${text}`),
    ),
  )
  const wildPath = odd.map((text) => `/${text}`)
  const version = fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'http/1.1', '')
  return fc
    .tuple(mostly(methods, odd), mostly(path, wildPath), mostly(fc.constant('HTTP/1.1'), version))
    .map((words) => words.join(' '))
}

function header(token: string): fc.Arbitrary<string> {
  const sane = fc.constantFrom(
    ...['Content-Length: 5', 'Content-Length: 0', 'Content-Length: 99999999', 'Expect: a'],
    ...['Transfer-Encoding: chunked', 'Connection: close', 'Connection: keep-alive', 'A: \x80\xff'],
    ...['Connection: upgrade\r\nUpgrade: websocket', 'Expect: 100-continue', 'A: ', 'Host: b'],
    ...['Content-Type: application/x-amz-json-1.1', 'X-Amz-Target: CloudTrail_20131101.ListTrails'],
    ...[`Authorization: Bearer ${token}`, 'Authorization: AWS4-HMAC-SHA256 \xff', 'Accept: \x80'],
  )
  const wild = fc.constantFrom(
    ...['Content-Length: -1', 'Content-Length: 1\r\nContent-Length: 2', 'Content-Length: 0x5'],
    ...['Transfer-Encoding: gzip, chunked', 'Transfer-Encoding: identity', 'Transfer-Encoding: a'],
    ...['a', ': a', ' a: b', 'a\0b: c', 'a: b\nc: d', `X: ${'y'.repeat(17_000)}`],
    'a: b\r\n'.repeat(80),
  )
  const made = fc.tuple(odd, odd).map(([name, value]) => `${name}: ${value}`)
  return mostly(sane, fc.oneof(wild, made))
}

const chunks = ['5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '-1\r\n', '0\r\n\r\n', 'ffffffffffffffff1\r\n']
const body = mostly(fc.constantFrom('', '', '', '12345', ...chunks), odd)
