import { gzipSync } from 'node:zlib'
import type { FileReading, RejectionCode } from '../../src/event/api-call.ts'
import { type ReadOptions, recordsText, trailRecord } from './trail-records.ts'

/** One bad or odd file, and what must become of it. */
export interface MalformedCase extends ReadOptions {
  readonly title: string
  readonly content: string | Buffer
  readonly outcome: FileReading['outcome']
  readonly code?: FileReading['code']
  /** Calls that count; they are dropped where the file failed. */
  readonly calls?: number
  readonly rejections?: readonly RejectionCode[]
}

const one = (changes: object = {}) => JSON.stringify(trailRecord(0, changes))
const GOOD = JSON.stringify(trailRecord(1))
const FILE = recordsText(GOOD, GOOD)
const around = (text: string) => recordsText(GOOD, text, GOOD)
const packed = gzipSync(FILE)
const flipped = (stored: Buffer, at: number): Buffer => {
  const copy = Buffer.from(stored)
  copy.writeUInt8(copy.readUInt8(at) ^ 0x55, at)
  return copy
}
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const utf32 = (text: string) =>
  Buffer.from([...text].flatMap((one) => [one.charCodeAt(0), 0, 0, 0]))
const nested = (levels: number, open = '[', close = ']') =>
  one({ requestParameters: 0 }).replace(
    '"requestParameters":0',
    `"requestParameters":${open.repeat(levels)}${open === '[' ? '' : '1'}${close.repeat(levels)}`,
  )

const done = (title: string, content: string | Buffer, more: Partial<MalformedCase> = {}) =>
  ({ title, content, outcome: 'done', calls: 3, ...more }) as const
const rejects = (title: string, text: string, ...rejections: readonly RejectionCode[]) =>
  done(title, around(text), { calls: 2, rejections })
const failed = (title: string, content: string | Buffer, code: FileReading['code'], more = {}) =>
  ({ title, content, outcome: 'failed', code, ...more }) as const
const skipped = (
  title: string,
  content: string | Buffer,
  code: FileReading['code'] = 'NOT_CLOUDTRAIL',
) => ({ title, content, outcome: 'skipped', code, calls: 0 }) as const
const partial = (title: string, content: string, calls: number, broken = 1): MalformedCase => {
  const rejections = Array.from({ length: broken }, () => 'LINE_NOT_JSON' as const)
  return { title, content, outcome: 'partial', calls, rejections }
}

const GZIP: readonly MalformedCase[] = [
  done('two members', Buffer.concat([gzipSync(FILE.slice(0, 99)), gzipSync(FILE.slice(99))]), {
    calls: 2,
  }),
  done('a byte order mark inside gzip', gzipSync(`\ufeff${FILE}`), { calls: 2 }),
  failed('gzip cut in the header', packed.subarray(0, 7), 'GZIP_CUT_OFF'),
  failed('gzip cut in the middle', packed.subarray(0, packed.length >> 1), 'GZIP_CUT_OFF'),
  failed('gzip without its trailer', packed.subarray(0, -8), 'GZIP_CUT_OFF'),
  failed('gzip with a wrong checksum', flipped(packed, packed.length - 7), 'GZIP_CORRUPT'),
  failed('gzip with a wrong length', flipped(packed, packed.length - 1), 'GZIP_CORRUPT'),
  failed('gzip with a wrong byte', flipped(packed, packed.length >> 1), 'GZIP_CORRUPT'),
  failed('text after the last member', Buffer.concat([packed, Buffer.from('xyz')]), 'GZIP_CORRUPT'),
  failed(
    'zero bytes after the last member',
    Buffer.concat([packed, Buffer.alloc(512)]),
    'GZIP_CORRUPT',
  ),
  failed(
    'a member hidden behind a zero byte',
    Buffer.concat([packed, Buffer.alloc(1), packed]),
    'GZIP_CORRUPT',
  ),
  failed(
    'damage to gzip before damage to JSON',
    Buffer.concat([gzipSync('{"Records":[}'), Buffer.from('xyz')]),
    'GZIP_CORRUPT',
  ),
  failed('more than it may inflate to', packed, 'GZIP_BOMB', { limits: { inflatedBytes: 100 } }),
  failed('more than may be stored', packed, 'TOO_LARGE', { limits: { storedBytes: 100 } }),
  skipped('gzip twice', gzipSync(packed)),
  skipped('nothing in gzip', gzipSync(''), 'EMPTY'),
]

const ENCODINGS: readonly MalformedCase[] = [
  done('UTF-8 with a byte order mark', `\ufeff${FILE}`, { calls: 2 }),
  failed(
    'UTF-16 little endian',
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(FILE)]),
    'NOT_UTF8',
  ),
  failed('UTF-16 without mark', utf16(FILE), 'NOT_UTF8'),
  failed(
    'UTF-16 big endian',
    Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(FILE).swap16()]),
    'NOT_UTF8',
  ),
  failed('UTF-16 big endian without mark', utf16(FILE).swap16(), 'NOT_UTF8'),
  failed('UTF-32 little endian', utf32(FILE), 'NOT_UTF8'),
  failed('a CSV saved as UTF-16', utf16('\ufeffEvent time,Event source,Event name\n'), 'NOT_UTF8'),
  done('Latin-1 in a string', Buffer.from(around(one({ userAgent: 'caf\u00e9' })), 'latin1')),
  done(
    'a lone surrogate as an escape',
    around(one({ userAgent: 0 }).replace('"userAgent":0', '"userAgent":"\\ud800"')),
  ),
  done('a NUL as an escape', around(one({ userAgent: 'a\u0000b' }))),
  failed('a NUL as a byte', around(one().replace('aws-cli', 'aws\u0000cli')), 'JSON_INVALID'),
  failed('a new line in a string', around(one().replace('aws-cli', 'aws\ncli')), 'JSON_INVALID'),
]

const DOCUMENTS: readonly MalformedCase[] = [
  skipped('no bytes', '', 'EMPTY'),
  skipped('only blanks', ' \n\t\r\n', 'EMPTY'),
  done('no records', '{"Records":[]}', { calls: 0 }),
  done('no events', '{"Events":[],"NextToken":null}', { calls: 0 }),
  failed('cut off in a record', FILE.slice(0, -40), 'JSON_CUT_OFF'),
  failed(
    'cut off between records',
    `${FILE.slice(0, FILE.lastIndexOf(',{"eventVersion"') + 1)}`,
    'JSON_CUT_OFF',
  ),
  failed('cut off before the last brace', FILE.slice(0, -1), 'JSON_CUT_OFF'),
  failed('something after the end', `${FILE}]`, 'JSON_INVALID'),
  failed('two documents on one line', FILE + FILE, 'JSON_INVALID'),
  failed('a comma too many', recordsText(GOOD, ''), 'JSON_INVALID'),
  failed('a comma too few', FILE.replace('},{', '} {'), 'JSON_INVALID'),
  failed('single quotes', around(one().replaceAll('"', "'")), 'JSON_INVALID'),
  failed('NaN in a record', around('{"eventTime":NaN}'), 'JSON_INVALID'),
  failed('a comment', around('/* none */ 1'), 'JSON_INVALID'),
  failed('a bad escape', around(one().replace('aws-cli', 'aws\\xcli')), 'JSON_INVALID'),
  failed('brackets crossed', around('{"a":[1}]'), 'JSON_INVALID'),
  failed('damage beside the records', FILE.replace('{', '{"a":tru,'), 'JSON_INVALID'),
  failed('Records twice', `{"Records":[${GOOD}],"Records":[]}`, 'RECORDS_REPEATED'),
  failed('Records and Events', `{"Records":[${GOOD}],"Events":[]}`, 'RECORDS_REPEATED'),
  failed('Records as text', '{"Records":"none"}', 'RECORDS_NOT_AN_ARRAY'),
  done('Records behind an escape', FILE.replace('Records', '\\u0052ecords'), { calls: 2 }),
  done('other keys around', `{"a":{"Records":[1]},"b":"]}",${FILE.slice(1, -1)},"__proto__":[]}`, {
    calls: 2,
  }),
  skipped('a digest', '{"awsAccountId":"1","digestS3Object":"x","logFiles":[]}', 'DIGEST'),
  skipped('an Insight', recordsText(one({ eventType: 'AwsCloudTrailInsight' })), 'INSIGHT'),
  skipped('a package', '{"name":"x","version":"1.0.0"}'),
  skipped('numbers', '[1,2,3]'),
  skipped('very many numbers', `[${'1,'.repeat(5000)}1]`),
  skipped('one number', '42'),
  skipped('a template', '{% for x in y %}'),
  skipped('settings', '[section]\nkey = value\n'),
  skipped('prose', 'Records of 2026\n\nNone.\n'),
  skipped('a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
  skipped('zero bytes', Buffer.alloc(4096)),
]

const LINES: readonly MalformedCase[] = [
  partial('a broken line in the middle', `${GOOD}\n{"eventName":\n${GOOD}\n`, 2),
  partial('a broken first line', `${GOOD.slice(0, 90)}\n${GOOD}\n${GOOD}\n`, 2),
  partial('a first line without its beginning', `${GOOD.slice(9)}\n${GOOD}\n${GOOD}\n`, 2),
  partial('three broken lines first', `{"a\n{"b":1\n{"c\n${GOOD}\n`, 1, 3),
  partial('a last line cut off', `${GOOD}\n${GOOD}\n${GOOD.slice(0, 50)}`, 2),
  partial('text between lines', `${GOOD}\n-- rotated --\n${GOOD}\n`, 2),
  partial('a document broken off on its line', `${FILE}\n${FILE.slice(0, -9)}\n${FILE}\n`, 4),
  partial('Records twice on a line', `${FILE}\n{"Records":[],"Records":[]}\n`, 2),
  done('other values on lines', `${GOOD}\n7\n"x"\nnull\n${GOOD}`, {
    calls: 2,
    rejections: ['NOT_AN_OBJECT', 'NOT_AN_OBJECT', 'NOT_AN_OBJECT'],
  }),
  done('CRLF and blank lines', `${GOOD}\r\n\r\n  \r\n${GOOD}\r\n`, { calls: 2 }),
  skipped('lines of something else', '{"level":30,"msg":"up"}\n{"level":30,"msg":"down"}\n'),
]

const RECORDS: readonly MalformedCase[] = [
  rejects('year 9999', one({ eventTime: '9999-12-31T23:59:59Z' }), 'TIME_OUT_OF_RANGE'),
  rejects('1970', one({ eventTime: '1970-01-01T00:00:00Z' }), 'TIME_OUT_OF_RANGE'),
  rejects('February 30', one({ eventTime: '2026-02-30T00:00:00Z' }), 'TIME_INVALID'),
  rejects('a leap second', one({ eventTime: '2016-12-31T23:59:60Z' }), 'TIME_INVALID'),
  rejects('a time with an offset', one({ eventTime: '2026-03-02T12:00:00+01:00' }), 'TIME_INVALID'),
  rejects('a time without zone', one({ eventTime: '2026-03-02T12:00:00' }), 'TIME_INVALID'),
  rejects('a time as a number', one({ eventTime: 1_772_452_800_000 }), 'TIME_INVALID'),
  rejects('no time', one({ eventTime: undefined }), 'TIME_MISSING'),
  rejects('no source', one({ eventSource: null }), 'SOURCE_MISSING'),
  rejects('no name', one({ eventName: undefined }), 'NAME_MISSING'),
  rejects('a name in a list', one({ eventName: ['RunInstances'] }), 'NAME_MISSING'),
  rejects(
    'null, a number, a text and a list',
    `null,1.5e3,"x",[${GOOD}]`,
    ...Array(4).fill('NOT_AN_OBJECT'),
  ),
  rejects('an embedded event that is none', '{"CloudTrailEvent":"{oops"}', 'EMBEDDED_NOT_JSON'),
  rejects('an embedded event of another type', '{"CloudTrailEvent":7}', 'EMBEDDED_NOT_JSON'),
  rejects('an embedded number', '{"CloudTrailEvent":"7"}', 'NOT_AN_OBJECT'),
  rejects('a long record', one({ requestParameters: 'x'.repeat(3_000_000) }), 'RECORD_TOO_LARGE'),
  rejects('a long record of another type', `"${'x'.repeat(3_000_000)}"`, 'RECORD_TOO_LARGE'),
  {
    ...rejects(
      'a record after its delivery',
      one({ eventTime: '2026-03-02T13:00:00Z' }),
      'TIME_AFTER_DELIVERY',
    ),
    stampMs: Date.UTC(2026, 2, 2, 12, 30),
  },
  failed(
    'a long record that is broken',
    around(one({ requestParameters: 'x'.repeat(3_000_000) }).replace('xx"', 'xx')),
    'JSON_INVALID',
  ),
]

const ODDITIES: readonly MalformedCase[] = [
  done('a name twice', around(one().replace('{', '{"eventName":"Forged",'))),
  done('an escaped key', around(one().replace('"eventName"', '"event\\u004eame"'))),
  done(
    'decoys inside',
    around(one({ requestParameters: { eventName: 'Forged', Records: [{ eventTime: 1 }] } })),
  ),
  done('decoys before', around(one().replace('{', '{"a":{"eventName":"Forged","eventTime":"x"},'))),
  done('JSON in a string', around(one({ userAgent: '{"Records":[{"eventName":"Forged"}]}]}' }))),
  done('backslashes at the end of a string', around(one({ userAgent: 'C:\\\\' }))),
  done('__proto__ as a key', around(one().replace('{', '{"__proto__":{"eventName":"Forged"},'))),
  done(
    'constructor and prototype as keys',
    around(one().replace('{', '{"constructor":{"prototype":null},')),
  ),
  done('5 000 levels', around(nested(5_000))),
  done('100 000 levels of lists', around(nested(100_000))),
  done('100 000 levels of objects', around(nested(100_000, '{"a":', '}'))),
  done(
    'odd types everywhere',
    around(
      one({
        userIdentity: [],
        userAgent: {},
        resources: 'x',
        errorCode: [[]],
        addendum: 1,
        readOnly: 'maybe',
        eventID: {},
        awsRegion: 5,
        requestParameters: null,
      }),
    ),
  ),
  done(
    'numbers beyond range',
    around(
      one({ requestParameters: 0 }).replace(
        '"requestParameters":0',
        '"requestParameters":1e999999',
      ),
    ),
  ),
  done('an Insight among calls', around(one({ eventCategory: 'Insight' })), { calls: 2 }),
]

const CSV_HEADER = 'Event name,Event time,Event source,Event ID\n'
const CSV_ROW = 'RunInstances,2026-03-02T12:00:00Z,ec2.amazonaws.com,x\n'
const CSV: readonly MalformedCase[] = [
  done('a CSV of a header', CSV_HEADER, { calls: 0 }),
  done('a CSV', `\ufeff${CSV_HEADER}${CSV_ROW}`, { calls: 1 }),
  {
    title: 'a CSV row cut off',
    content: `${CSV_HEADER}${CSV_ROW}RunInst`,
    outcome: 'partial',
    calls: 1,
    rejections: ['ROW_NOT_CSV'],
  },
  done('a CSV time of another form', `${CSV_HEADER}a,03/02/2026,b,c\n`, {
    calls: 0,
    rejections: ['TIME_INVALID'],
  }),
  failed('a CSV that ends inside quotes', `${CSV_HEADER}${CSV_ROW}"RunInst`, 'CSV_CUT_OFF'),
  failed('a CSV beyond its limit', CSV_HEADER + CSV_ROW, 'TOO_LARGE', {
    limits: { wholeFileBytes: 60 },
  }),
  skipped('a CSV of something else', 'timestamp,value\n2014-04-10,94\n'),
]

/** Bad and odd files of every kind, each with its verdict. */
export const MALFORMED: readonly MalformedCase[] = [
  ...GZIP,
  ...ENCODINGS,
  ...DOCUMENTS,
  ...LINES,
  ...RECORDS,
  ...ODDITIES,
  ...CSV,
]
