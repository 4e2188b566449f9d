import { chance, pick, type Random, whole } from '../../quality/scenario/random.ts'
import type { Api } from './apis.ts'

/** What a record says, beside what it is padded with. */
export interface Event {
  readonly account: string
  readonly region: string
  readonly api: Api
  readonly errorCode: string | null
  /** Epoch seconds. */
  readonly second: number
  readonly agent: string
  readonly session: string
}

const ROLES = Array.from({ length: 40 }, (_, at) => `service-role-${at}`)
const TOKEN_BYTES = 84

/** One record as CloudTrail writes it: 1.6 kB on average, some 6 : 1 in gzip for the ids and tokens that do not compress. */
export function recordText(event: Event, random: Random): string {
  const { account, region, api, second } = event
  const time = new Date(second * 1000).toISOString().replace('.000', '')
  const resource = `${api.name.toLowerCase()}-${whole(random, 1, 400)}`
  return (
    `{"eventVersion":"1.09","userIdentity":${identityText(event, time, random)},` +
    `"eventTime":"${time}","eventSource":"${api.source}","eventName":"${api.name}",` +
    `"awsRegion":"${region}","sourceIPAddress":"10.${whole(random, 0, 9)}.${whole(random, 0, 255)}.${whole(random, 0, 255)}",` +
    `"userAgent":"${event.agent}",${errorText(event)}` +
    `"requestParameters":${parametersText(account, region, resource, random)},` +
    `"responseElements":${api.readOnly ? 'null' : responseText(account, region, resource, random)},` +
    `"additionalEventData":{"SignatureVersion":"SigV4","bytesTransferredIn":${whole(random, 0, 9999)},"x-amz-id-2":"${base64(random, TOKEN_BYTES)}"},` +
    `"requestID":"${uuid(random)}","eventID":"${uuid(random)}","readOnly":${api.readOnly},` +
    `"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"${account}","eventCategory":"Management",` +
    `"tlsDetails":{"tlsVersion":"TLSv1.3","clientProvidedHostHeader":"${api.source.replace('.', `.${region}.`)}"}}`
  )
}

function identityText({ account, session }: Event, time: string, random: Random): string {
  const role = pick(random, ROLES)
  const id = `AROA${base32(random, 4)}EXAMPLE${role.length}`
  return (
    `{"type":"AssumedRole","principalId":"${id}:${session}",` +
    `"arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}","accountId":"${account}",` +
    `"accessKeyId":"ASIA${base32(random, 16)}","sessionContext":{"sessionIssuer":{"type":"Role",` +
    `"principalId":"${id}","arn":"arn:aws:iam::${account}:role/${role}","accountId":"${account}",` +
    `"userName":"${role}"},"attributes":{"creationDate":"${time}","mfaAuthenticated":"false"}}}`
  )
}

function errorText({ errorCode, api }: Event): string {
  if (errorCode === null) return ''
  return `"errorCode":"${errorCode}","errorMessage":"User is not authorized to perform: ${api.name} because no identity-based policy allows it",`
}

/** Now and then with what a careless reader trips over: names of other fields inside, quotes, other alphabets. */
function parametersText(account: string, region: string, resource: string, random: Random): string {
  const odd = chance(random, 0.01)
    ? `"policy":"{\\"eventName\\":\\"Fake\\",\\"path\\":\\"C:\\\\\\\\\\"}","nested":{"eventName":"Fake","errorCode":"Fake","Records":[{}]},`
    : ''
  const accent = chance(random, 0.0015) ? 'Zürich' : 'Zurich'
  return (
    `{${odd}"resourceArn":"arn:aws:service:${region}:${account}:resource/${resource}","filterSet":{"items":[{"name":"tag:team","valueSet":` +
    `{"items":[{"value":"platform-${whole(random, 0, 30)}"}]}}]},` +
    `"maxResults":${whole(random, 1, 1000)},"site":"${accent}","dryRun":false}`
  )
}

function responseText(account: string, region: string, resource: string, random: Random): string {
  return (
    `{"requestId":"${uuid(random)}","resource":{"id":"${resource}","arn":"arn:aws:service:${region}:${account}:resource/${resource}",` +
    `"status":"ACTIVE","encrypted":true,` +
    `"ownerId":"${account}"}}`
  )
}

/** Eight hexadecimal digits. */
const word = (random: Random): string =>
  Math.floor(random.uniform() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')

function uuid(random: Random): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)]
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`
}

function base32(random: Random, length: number): string {
  const value =
    Math.floor(random.uniform() * 2 ** 32) * 2 ** 20 + Math.floor(random.uniform() * 2 ** 20)
  return value.toString(32).toUpperCase().padStart(length, 'A').slice(0, length)
}

function base64(random: Random, length: number): string {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; at += 4)
    bytes.writeUInt32LE(Math.floor(random.uniform() * 2 ** 32), at)
  return bytes.toString('base64')
}
