import fc from 'fast-check'
import type { AccessKey } from '../../src/base/access-key.ts'
import { signatureOf } from '../../src/http/aws/sigv4/signature.ts'
import { inputOf } from './aws-input.ts'
import type { Sent } from './client.ts'
import type { Known } from './known.ts'
import { mutated, wildText } from './wild.ts'

const OPERATIONS = [
  ...['LookupEvents', 'ListInsightsData', 'ListInsightsMetricData', 'GetInsightSelectors'],
  ...['PutInsightSelectors', 'DescribeTrails', 'ListTrails', 'GetTrail', 'GetTrailStatus'],
  'GetEventSelectors',
]
const TYPE = 'application/x-amz-json-1.1'
/** Each is signed anew when it is sent, so that the clock of the server agrees. */
export type Signed = () => Sent

/** Requests of AWS's protocol; nine of ten carry a good signature. */
export function awsRequest(known: Known, keys: readonly AccessKey[]): fc.Arbitrary<Signed> {
  const operation = fc.constantFrom(...OPERATIONS)
  const target = operation.chain((name) =>
    fc.oneof(
      { weight: 15, arbitrary: fc.constant(`CloudTrail_20131101.${name}`) },
      { weight: 1, arbitrary: mutated(`CloudTrail_20131101.${name}`) },
      {
        weight: 1,
        arbitrary: fc.constant(`com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${name}`),
      },
    ),
  )
  const body = operation.chain((name) => bodyOf(inputOf(name, known)))
  const others = fc.constantFrom('__proto__', 'constructor', 'LookupEvents', '', 'toString')
  const aimed = operation.chain((name) =>
    fc.tuple(
      fc.oneof(
        { weight: 15, arbitrary: fc.constant(`CloudTrail_20131101.${name}`) },
        { weight: 1, arbitrary: others.map((other) => `CloudTrail_20131101.${other}`) },
      ),
      bodyOf(inputOf(name, known)),
    ),
  )
  const region = fc.constantFrom('us-east-1', 'eu-west-1', 'nowhere')
  return fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: aimed }, { weight: 1, arbitrary: fc.tuple(target, body) }),
      fc.record({ key: fc.constantFrom(...keys), region, path: pathOf(), type: typeOf() }),
      fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: spoiled() }),
    )
    .map(([[aim, text], how, spoil]) => () => {
      const sent = signed(aim, text, how)
      return spoil === null ? sent : spoil(sent)
    })
}

const pathOf = () => fc.constantFrom('/', '/', '/', '/v1/insights', '//a/../b', '/%2f%20', '/?a=b')
const typeOf = () => fc.constantFrom(...Array<string>(15).fill(TYPE), 'application/json', 'a/b')

function bodyOf(input: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = input.map((value) => JSON.stringify(value))
  const deep = fc.tuple(text, fc.constantFrom(3, 40, 5_000, 30_000)).map(([whole, levels]) => {
    const nested = `"Deep":${'['.repeat(levels)}${']'.repeat(levels)}`
    return `${whole.slice(0, -1)}${whole === '{}' ? '' : ','}${nested}}`
  })
  const twice = text.map((whole) => `${whole.slice(0, -1)},"__proto__":{"MaxResults":1}}`)
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: fc.oneof(twice, text.chain(mutated), wildText, fc.json()) },
    { weight: 1, arbitrary: fc.constantFrom('', '[]', 'null', '{', ' '.repeat(70_000)) },
  )
}

interface How {
  readonly key: AccessKey
  readonly region: string
  readonly path: string
  readonly type: string
}

function signed(target: string, body: string, { key, region, path, type }: How): Sent {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
  const headers = {
    ...{ 'content-type': type, host: 'localhost', 'x-amz-date': date, 'x-amz-target': target },
  }
  const signedHeaders = Object.keys(headers).sort()
  const scope = { day: date.slice(0, 8), region, service: 'cloudtrail', signedHeaders }
  const rawHeaders = Object.entries(headers).flat()
  const request = { method: 'POST', url: path, rawHeaders, body: Buffer.from(body) }
  const signature = signatureOf(request, scope, key.secretAccessKey).toString('hex')
  const credential = `${key.accessKeyId}/${scope.day}/${region}/cloudtrail/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return { method: 'POST', path, headers: { ...headers, authorization }, body }
}

/** What becomes of a signature that somebody touched. */
function spoiled(): fc.Arbitrary<(sent: Sent) => Sent> {
  const { header, without } = { header: fc.constantFrom(...SIGNED), without: fc.boolean() }
  return fc
    .tuple(header, without, fc.nat(400), fc.constantFrom('0', ';', '/', 'Z'))
    .map(([name, isLeftOut, at, put]) => (sent) => {
      const { [name]: value = '', ...rest } = sent.headers
      if (isLeftOut) return { ...sent, headers: rest }
      const place = at % (value.length + 1)
      return {
        ...sent,
        headers: { ...rest, [name]: value.slice(0, place) + put + value.slice(place + 1) },
      }
    })
}

const SIGNED = ['authorization', 'x-amz-date', 'content-type', 'x-amz-target']
