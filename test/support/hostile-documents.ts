import fc from 'fast-check'

// Documents are made of texts, not of values, so that escapes, white space and duplicate keys are drawn as well.

const TIMES = [
  '"2026-03-02T12:00:00Z"',
  '"2026-03-02T12:34:56Z"',
  '"2024-02-29T23:59:59Z"',
  '"2026-02-29T00:00:00Z"',
  '"2026-03-02T12:00:00.123Z"',
  '"2026-03-02T24:00:00Z"',
  '"2005-12-31T23:59:59Z"',
  '"2100-12-31T23:59:59Z"',
  '"2026-03-02T1\\u0032:00:00Z"',
  '"2026-03-02 12:00:00Z"',
  '1772452800',
  'null',
]
const TEXTS = [
  '""',
  '"a"',
  '"RunInstances"',
  '"ec2.amazonaws.com"',
  '"s3.amazonaws.com"',
  '"GetObject"',
  '"\\u0041\\n\\"\\\\"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\u00e9\u2028\u{1f600}"',
  '"__proto__"',
  '"C:\\\\"',
  '"}]}"',
  '"{\\"eventName\\":\\"Forged\\"}"',
  `"${'x'.repeat(70)}"`,
  `"${'\u00e9'.repeat(600)}"`,
]
const OTHERS = [
  ...['null', 'true', 'false', '0', '-1.5e+3', '1e999', '[]', '{}', '[[1,{"a":"]"}]]'],
  ...['{"eventName":"Forged","eventTime":"x","__proto__":{"errorCode":"x"}}', '"true"', '"False"'],
]
const GUIDS = [
  '"01234567-89ab-cdef-0123-456789abcdef"',
  '"FEDCBA98-7654-3210-fedc-ba9876543210"',
  '"01234567-89ab-cdef-0123-456789abcdeg"',
  '"0123456789abcdef0123456789abcdef"',
]
const ACCOUNTS = ['"111111111111"', '"222222222222"', '"11111111111x"', '"1111111111111"']
const ARNS = [
  '"arn:aws:sts::111111111111:assumed-role/deploy/session-1"',
  '"arn:aws:sts::111111111111:assumed-role/deploy/session-2/more"',
  '"arn:aws:sts::111111111111:assumed-role/deploy"',
  '"arn:aws:sts::111111111111:assumed-role//x"',
  '"arn:aws:iam::111111111111:user/path/alice"',
  '"a:assumed-rol/:assumed-role/\u00e9/x:assumed-role/y"',
  '"arn:aws:sts::111111111111:assumed-role/de\\u0070loy/session"',
  '":assumed-role/"',
]
const FLAGS = ['true', 'false', '"true"', '"FALSE"']
const CATEGORIES = ['"Management"', '"Data"', '"NetworkActivity"', '"Insight"', '"Other"']
const TYPES = ['"AwsApiCall"', '"AwsServiceEvent"', '"AwsVpceEvent"', '"AwsCloudTrailInsight"']
const RESOURCES = [
  '[{"ARN":"arn:aws:s3:::bucket/key","type":"AWS::S3::Object"},{"ARN":"arn:aws:s3:::bucket"}]',
  '[{"ARN":""},{"ARN":"arn:aws:s3:::b\\u0075cket"}]',
  '[null,7,{"ARN":{}}]',
  '{"ARN":"x"}',
]
const ADDENDA = [
  '{"reason":"UPDATED_DATA","originalEventID":"01234567-89ab-cdef-0123-456789abcdef"}',
  '{"reason":"DELIVERY_DELAY"}',
]
const CALLER: readonly (readonly [string, readonly string[]])[] = [
  ['arn', [...ARNS, ...TEXTS]],
  ['arn', ARNS],
  ['type', ['"Root"', '"AWSAccount"', '"AWSService"', '"IAMUser"', ...TEXTS]],
  ['accountId', ACCOUNTS],
  ['userName', TEXTS],
  ['invokedBy', ['"ec2.amazonaws.com"', ...TEXTS]],
  ['sessionContext', ['{"arn":"x","attributes":{"a":["\\"}"]}}']],
  ['__proto__', ['{"arn":"forged"}']],
]
const FIELDS: readonly (readonly [string, readonly string[]])[] = [
  ['eventTime', TIMES],
  ['eventSource', TEXTS],
  ['eventName', TEXTS],
  ['awsRegion', TEXTS],
  ['recipientAccountId', ACCOUNTS],
  ['errorCode', TEXTS],
  ['userAgent', TEXTS],
  ['eventID', GUIDS],
  ['readOnly', FLAGS],
  ['managementEvent', FLAGS],
  ['eventCategory', CATEGORIES],
  ['eventType', TYPES],
  ['resources', RESOURCES],
  ['addendum', ADDENDA],
  ['@timestamp', TIMES],
  ['CloudTrailEvent', ['"{}"', '"{oops"']],
  ['requestParameters', TEXTS],
  ['__proto__', ['{"eventName":"Forged"}']],
  ['eventNam', TEXTS],
  ['eventnamE', TEXTS],
]
const BLANKS = ['', '', '', '', ' ', '\n', '\t\r\n ']

const nat = fc.nat(0xffff)
/** Which field, which of its values, how it is written. */
const member = fc.tuple(nat, nat, nat)
const members = fc.array(member, { maxLength: 12 })
const anyRecord = fc.tuple(members, members, nat).map(([fields, caller, style]) => {
  const more = fields.map(([field, value, way]) => memberText(FIELDS, [field, value, way]))
  const identity = caller.map(([field, value, way]) => memberText(CALLER, [field, value, way]))
  const all = style % 8 === 0 ? [] : [...goodMembers(style), ...more]
  if (style % 4 > 0) all.push(`"userIdentity":${objectText(identity, style >> 4)}`)
  if (style % 32 === 7) all.push(`"userIdentity":${pick(OTHERS, style >> 5)}`)
  return objectText(style % 3 === 0 ? all.reverse() : all, style >> 3)
})

/** A document of records as text: what CloudTrail writes, and whatever somebody might make of it. */
export const anyDocument: fc.Arbitrary<string> = fc
  .tuple(fc.array(anyRecord, { maxLength: 4 }), nat)
  .map(([records, style]) => {
    const [before, after] = [pick(BLANKS, style), pick(BLANKS, style >> 3)]
    const items = style % 64 === 9 ? [...records, pick(OTHERS, style >> 6)] : records
    const list = `[${before}${items.join(`${before},${after}`)}${after}]`
    const key = style % 64 === 3 ? '"\\u0052ecords"' : '"Records"'
    const beside = style % 64 === 5 ? [`"other":${pick(OTHERS, style >> 6)}`] : []
    const again = style % 64 === 11 ? [`${key}:[]`] : []
    const text = objectText([`${key}${before}:${after}${list}`, ...beside, ...again], style >> 5)
    return (style % 32 === 1 ? '\ufeff' : '') + before + text + after
  })

/** Changes to bytes: where, to what, and how. */
const changes = fc.array(fc.tuple(fc.nat(0xffffff), nat, nat), { minLength: 1, maxLength: 3 })

/** A document of records with some of its bytes changed, left out or doubled. */
export const anyDamaged: fc.Arbitrary<Buffer> = fc
  .tuple(anyDocument, changes)
  .map(([text, all]) => all.reduce<Buffer>(changed, Buffer.from(text)))

const TELLING = Buffer.from('"\\{}[]:,\n\0 \u00e9x0')

function changed(bytes: Buffer, [where, what, how]: readonly [number, number, number]): Buffer {
  const at = where % Math.max(1, bytes.length)
  const byte = how % 2 === 0 ? (TELLING[what % TELLING.length] ?? 0) : what % 256
  const rest = bytes.subarray(at + (how % 3 === 0 ? 0 : 1))
  const put = how % 5 === 0 ? Buffer.alloc(0) : Buffer.from([byte])
  return Buffer.concat([bytes.subarray(0, at), put, rest])
}

/** What makes a record count, as CloudTrail writes it. */
function goodMembers(style: number): readonly string[] {
  return [
    `"eventTime":${pick(TIMES, style % 16 === 1 ? style : style % 3)}`,
    `"eventSource":"ec2.amazonaws.com"`,
    `"eventName":"Run${style % 5}"`,
    `"eventID":${pick(GUIDS, style % 2)}`,
  ]
}

function memberText(
  fields: typeof FIELDS,
  [field, value, way]: readonly [number, number, number],
): string {
  const [name = '', values = []] = fields[field % fields.length] ?? []
  const blank = pick(BLANKS, way >> 3)
  return `${keyText(name, way)}${blank}:${pick(way % 6 === 0 ? OTHERS : values, value)}${blank}`
}

function keyText(name: string, way: number): string {
  if (way % 16 !== 2) return `"${name}"`
  const at = way % name.length
  const code = name.charCodeAt(at).toString(16).padStart(4, '0')
  return `"${name.slice(0, at)}\\u${code}${name.slice(at + 1)}"`
}

function objectText(members: readonly string[], style: number): string {
  const blank = pick(BLANKS, style)
  return `{${blank}${members.join(`,${blank}`)}${blank}}`
}

function pick<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length]
  if (item === undefined) throw new RangeError('a list to pick from is never empty')
  return item
}
