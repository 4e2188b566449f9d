import { invariant } from '../../base/invariant.ts'
import { rfc3339 } from '../../base/times.ts'
import type { Random } from '../random.ts'
import { REQUESTS, RESPONSES } from './parameter-shapes.ts'

/** A JSON text cut at its slots: text, slot, text, slot … */
export interface Template {
  readonly texts: readonly string[]
  readonly slots: readonly Slot[]
}

/** What a record is about; one choice for its request, response, resources and error message. */
export interface Subject {
  readonly random: Random
  readonly account: string
  readonly region: string
  readonly timeMs: number
  readonly bucket: string
  readonly role: string
  readonly user: string
  /** Sixteen hexadecimal digits. */
  readonly token: string
}

type Slot = (subject: Subject) => string

const NAMES = ['orders', 'catalog', 'payments', 'search', 'reports', 'sessions', 'images'] as const

const SLOTS = new Map<string, Slot>([
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['bucket', ({ bucket }) => bucket],
  ['role', ({ role }) => role],
  ['user', ({ user }) => user],
  ['token', ({ token }) => token],
  ['name', ({ random }) => random.pick(NAMES)],
  ['hex17', ({ random }) => random.hex(17)],
  ['hex64', ({ random }) => random.hex(64)],
  ['guid', ({ random }) => random.guid()],
  ['id', ({ random }) => random.id(16)],
  ['secret', ({ random }) => random.name(96)],
  ['count', ({ random }) => String(1 + random.below(40))],
  ['time', ({ timeMs }) => rfc3339(timeMs)],
  ['later', ({ timeMs }) => rfc3339(timeMs + 3_600_000)],
])

/** Writes the template for one record. */
export function fill({ texts, slots }: Template, subject: Subject): string {
  let text = texts[0] as string
  for (let place = 0; place < slots.length; place += 1) {
    text += (slots[place] as Slot)(subject) + texts[place + 1]
  }
  return text
}

/** Request, response and resources of an API: its own shape, else that of its kind of name. */
export function templateFor(
  service: string,
  eventName: string,
): { request: Template; response: Template; resources: Template | null } {
  const name = `${service} ${eventName}`
  const resources = RESOURCES.get(name)
  return {
    request: compile(REQUESTS.get(name) ?? usualRequest(service, eventName)),
    response: compile(RESPONSES.get(name) ?? usualResponse(service, eventName)),
    resources: resources === undefined ? null : compile(resources),
  }
}

const OBJECT =
  '[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::<bucket>/2026/<token>.json"},{"accountId":"<account>","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::<bucket>"}]'
const BUCKET = '[{"accountId":"<account>","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::<bucket>"}]'
const KEY =
  '[{"accountId":"<account>","type":"AWS::KMS::Key","ARN":"arn:aws:kms:<region>:<account>:key/6fd2a1c4-9b0e-4d52-8a37-0c5e9b7d1f20"}]'
const ROLE =
  '[{"accountId":"<account>","type":"AWS::IAM::Role","ARN":"arn:aws:iam::<account>:role/<role>"}]'

const RESOURCES = new Map([
  ['s3 GetObject', OBJECT],
  ['s3 PutObject', OBJECT],
  ['s3 DeleteObject', OBJECT],
  ['s3 GetBucketAcl', BUCKET],
  ['kms Decrypt', KEY],
  ['kms GenerateDataKey', KEY],
  ['sts AssumeRole', ROLE],
])

function usualRequest(service: string, eventName: string): string {
  if (service === 's3' && /Bucket/.test(eventName)) {
    const subresource = eventName.replace(/^.*Bucket/, '').toLowerCase()
    return `{"bucketName":"<bucket>","Host":"<bucket>.s3.<region>.amazonaws.com","${subresource}":""}`
  }
  if (service === 'ec2' && /^Describe/.test(eventName)) {
    return '{"maxResults":1000,"filterSet":{"items":[{"name":"vpc-id","valueSet":{"items":[{"value":"vpc-0<token>a"}]}}]}}'
  }
  if (service === 'iam') return iamRequest(eventName)
  if (/^(Create|Put|Update|Delete|Modify|Tag|Attach)/.test(eventName)) {
    return '{"name":"<name>-<count>","clientToken":"<guid>","tags":[{"key":"team","value":"<name>"}]}'
  }
  return /^(List|Describe|Search)/.test(eventName)
    ? '{"maxResults":<count>}'
    : `{"${service}Id":"<name>-<count>"}`
}

function iamRequest(eventName: string): string {
  if (/Role|InstanceProfile/.test(eventName)) return '{"roleName":"<role>"}'
  return /User|AccessKey|Login|MFA|Signing|Group/.test(eventName) ? '{"userName":"<user>"}' : 'null'
}

function usualResponse(service: string, eventName: string): string {
  if (!/^(Create|Run|Start|Put|Update|Register|Modify|Attach|Delete)/.test(eventName)) return 'null'
  return service === 'ec2' ? '{"requestId":"<guid>","_return":true}' : 'null'
}

function compile(shape: string): Template {
  const pieces = shape.split(/<([a-z0-9]+)>/)
  return {
    texts: pieces.filter((_, place) => place % 2 === 0),
    slots: pieces.filter((_, place) => place % 2 === 1).map(slotNamed),
  }
}

function slotNamed(name: string): Slot {
  const slot = SLOTS.get(name)
  invariant(slot !== undefined, `a shape uses only known slots, not <${name}>`)
  return slot
}
