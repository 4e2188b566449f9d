import fc from 'fast-check'

const ACCEPTS = [
  ...['*/*', 'application/json', 'text/csv', 'application/x-ndjson', 'text/html', '', ',', ';q=1'],
  ...['text/csv;q=0, application/json;q=0.1', 'application/x-ndjson;q=1.0, */*;q=0.001'],
  ...[
    'text/csv;q=abc',
    'TEXT/CSV',
    ','.repeat(2_000),
    'application/openmetrics-text;version=1.0.0',
  ],
]
const TYPES = ['application/json', 'application/x-amz-json-1.1', 'text/plain', 'a', '', '/', ';;']
const HOSTS = ['localhost', 'evil.example', '[::1', '::1', 'a@b', '%00', '', '127.0.0.1:99999']
const IDS = ['a', 'x'.repeat(65), '../..', 'a b', '{}']

/** Headers, mostly with a token that is good. */
export function headersWith(tokens: readonly string[]): fc.Arbitrary<Record<string, string>> {
  return fc
    .record({
      authorization: authorization(tokens),
      accept: fc.option(fc.constantFrom(...ACCEPTS), { nil: null }),
      'content-type': rarely(fc.constantFrom(...TYPES)),
      'if-none-match': rarely(fc.constantFrom('*', '"a"', 'W/"a", "b"', '"', ',')),
      'if-modified-since': rarely(fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT', 'never')),
      range: rarely(fc.constantFrom('bytes=0-0', 'bytes=-1', 'items=0-')),
      host: rarely(fc.constantFrom(...HOSTS)),
      'x-request-id': rarely(fc.constantFrom(...IDS)),
      'x-amz-target': rarely(fc.constantFrom('CloudTrail_20131101.ListTrails', 'a', '')),
      'x-forwarded-for': rarely(fc.constantFrom('10.0.0.1', '::1', 'a, b', '')),
      'accept-encoding': rarely(fc.constantFrom('gzip, br', 'identity;q=0', '*;q=0')),
      cookie: rarely(fc.constantFrom('a=b', '__proto__=1; ;;', '=')),
    })
    .map((headers) => Object.fromEntries(Object.entries(headers).filter(isGiven)))
}

const isGiven = (entry: [string, string | null]): entry is [string, string] => entry[1] !== null

function rarely(arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | null> {
  return fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
}

function authorization(tokens: readonly string[]): fc.Arbitrary<string | null> {
  const [token = ''] = tokens
  const [id = '', secret = ''] = token.split('.')
  const odd = fc.constantFrom(
    ...['', 'Bearer', `Bearer ${id}.`, `Bearer .${secret}`, `bearer  ${token}`, `Bearer ${token}.`],
    ...[
      `Basic ${btoa(token)}`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${id}.${'a'.repeat(129)}`,
    ],
    ...[
      'AWS4-HMAC-SHA256 Credential=a/b',
      'Digest username="a"',
      `Token ${token}`,
      '\xff',
      'a'.repeat(9_000),
    ],
    ...[`Bearer __proto__.${secret}`, `Bearer ${id}.${secret.slice(1)}`],
  )
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...tokens.map((each) => `Bearer ${each}`)) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: odd },
  )
}
