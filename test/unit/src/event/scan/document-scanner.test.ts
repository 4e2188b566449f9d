import { describe, expect, it } from 'vitest'
import { DocumentScanner } from '../../../../../src/event/scan/document-scanner.ts'
import { contentsOf, readPlainly, rowsOf } from '../../../../support/call-rows.ts'
import { FILE_LIMITS } from '../../../../support/file-limits.ts'
import { recordsText, trailRecord } from '../../../../support/trail-records.ts'

const CONTEXT = { account: null, stampMs: null, limits: FILE_LIMITS }
const one = (changes: object = {}) => JSON.stringify(trailRecord(0, changes))
const GOOD = JSON.stringify(trailRecord(1))
const withValue = (text: string) =>
  one({ requestParameters: 0 }).replace(/(?<=Parameters":)0/, text)
const scanned = (content: string | Uint8Array) =>
  new DocumentScanner().read(Buffer.from(content), CONTEXT)

/** The scanner took it, and finds what the plain reader finds. */
function expectAlike(content: string | Uint8Array): void {
  const bytes = Buffer.from(content)
  const found = scanned(bytes)
  if (found === null) throw new Error('the scanner left it to the plain reader')
  const plain = readPlainly(bytes, CONTEXT)
  expect(plain.code).toBeNull()
  expect({ records: found.records, ...contentsOf(found.takings.build()) }).toEqual({
    records: plain.records,
    ...contentsOf(plain.takings),
  })
}

describe('DocumentScanner, of a document it can prove', () => {
  it.each([
    ['no records', '{"Records":[]}'],
    ['a record without fields', recordsText('{}', GOOD)],
    [
      'white space everywhere',
      JSON.stringify(JSON.parse(recordsText(GOOD, one())), null, '\t\r\n '),
    ],
    ['decoys inside', recordsText(one({ requestParameters: { eventName: 'x', eventTime: 'y' } }))],
    ['decoys before', recordsText(one().replace('{', '{"a":{"eventName":"x"},'))],
    ['an escaped key', recordsText(one().replace('"eventName"', '"event\\u004eame"'))],
    ['an escaped key twice', recordsText(one().replace('{', '{"event\\u004eame":"x",'))],
    ['a key twice', recordsText(one().replace('{', '{"eventName":"x",'))],
    ['a key twice, the last of another type', recordsText(one().replace(/}$/, ',"errorCode":[]}'))],
    ['__proto__', recordsText(one().replace('{', '{"__proto__":{"errorCode":"x"},'))],
    ['a record of 250 kB', recordsText(withValue(`{"a":"${'x'.repeat(250_000)}"}`), GOOD)],
    ['100 000 levels', recordsText(withValue(`${'['.repeat(1e5)}${']'.repeat(1e5)}`), GOOD)],
    ['a lone surrogate', recordsText(one({ userAgent: 'a\ud800b' }))],
    [
      'a surrogate pair',
      recordsText(one({ userAgent: '\\ud83d\\ude00' }).replaceAll('\\\\', '\\')),
    ],
    ['backslashes at the end of a string', recordsText(one({ userAgent: 'C:\\\\' }), GOOD)],
    ['an empty ARN', recordsText(one({ userIdentity: { arn: '', invokedBy: 'x' } }))],
    ['a caller of no type', recordsText(one({ userIdentity: 'x' }), one({ userIdentity: null }))],
    [
      'an addendum',
      recordsText(one({ addendum: { reason: 'UPDATED_DATA', originalEventID: 'x' } })),
    ],
    ['a record around a record', recordsText(JSON.stringify({ CloudTrailEvent: GOOD }))],
    ['a Data event', recordsText(one({ eventCategory: 'Data', resources: [{ ARN: 'arn:x' }] }))],
    ['no id', recordsText(one({ eventID: undefined }))],
  ])('reads %s as the plain reader does', (_, content) => expectAlike(content))

  it.each([63, 64, 65, 127, 128, 129])(
    'reads strings over the edge of a block, %i bytes in',
    (at) => {
      for (let slashes = 0; slashes < 5; slashes++) {
        const text = `${'x'.repeat(at)}${'\\\\'.repeat(slashes)}\\"`
        expectAlike(recordsText(one().replace('{', `{"a":"${text}","b":"}]",`), GOOD))
      }
    },
  )

  it('makes of invalid UTF-8 what TextDecoder does', () => {
    const text = recordsText(one({ userAgent: 'caf\u00e9 \u20ac' }))
    expectAlike(Buffer.from(text, 'latin1'))
    const cut = Buffer.from(text)
    expectAlike(
      Buffer.concat([
        cut.subarray(0, cut.indexOf('\u20ac') + 2),
        cut.subarray(cut.indexOf('\u20ac') + 3),
      ]),
    )
  })

  it('takes a role for one caller, whatever its sessions are called', () => {
    const arn = (session: string) => `arn:aws:sts::111111111111:assumed-role/deploy/${session}`
    const records = Array.from({ length: 500 }, (_, i) =>
      one({ userIdentity: { type: 'AssumedRole', arn: arn(`session-${i}`) } }),
    )
    const calls = scanned(recordsText(...records))?.takings.build().calls
    expect(calls?.values.filter((value) => value.includes('assumed-role'))).toHaveLength(1)
  })

  it('finds the same in a file whatever it has read before', () => {
    const scanner = new DocumentScanner()
    const file = recordsText(one({ userAgent: 'b' }), one({ errorCode: 'x' }), GOOD)
    const alone = scanned(file)?.takings.build()
    for (let i = 0; i < 300; i++) {
      const names = Array.from({ length: 400 }, (_, at) => one({ userAgent: `${i} ${at}` }))
      scanner.read(Buffer.from(recordsText(...names, one({ userAgent: 'b' }))), CONTEXT)
    }
    const after = scanner.read(Buffer.from(file), CONTEXT)?.takings.build()
    expect(after && rowsOf(after.calls)).toEqual(alone && rowsOf(alone.calls))
    expect(after?.calls.values).toEqual(alone?.calls.values)
  })
})

describe('DocumentScanner, of records unlike those before', () => {
  it('finds the same whatever keys they had, and however many', () => {
    const others = Array.from({ length: 200 }, (_, at) =>
      one({ [`key${at % 90}`]: at, [`${'k'.repeat(at % 40)}`]: { at } }),
    )
    const turned = JSON.stringify(Object.fromEntries(Object.entries(trailRecord(2)).reverse()))
    const spaced = JSON.stringify(trailRecord(3), null, 1)
    expectAlike(recordsText(GOOD, ...others, turned, spaced, GOOD, ...others, turned, GOOD))
  })

  it('finds what stands behind strings, blanks and brackets of thousands of bytes', () => {
    const [long, nested] = ['x'.repeat(70_000), `${'['.repeat(9000)}${']'.repeat(9000)}`]
    const wide = withValue(`${' '.repeat(40_000)}${nested}${' '.repeat(40_000)}`)
    expectAlike(recordsText(withValue(`"${long}"`), GOOD, wide, one({ [long]: 1 }), GOOD))
    expectAlike(recordsText(withValue(`"${long}\\n"`), one({ [`${long}\n`]: 1 }), GOOD))
  })
})

describe('DocumentScanner, of a document it cannot prove', () => {
  it.each([
    ['nothing', ''],
    ['an array', `[${GOOD}]`],
    ['one record', GOOD],
    ['lines', `${GOOD}\n${GOOD}`],
    ['Events', `{"Events":[${GOOD}]}`],
    ['Records twice', `{"Records":[${GOOD}],"Records":[]}`],
    ['something beside the records', `{"Records":[${GOOD}],"a":1}`],
    ['Records behind an escape', `{"\\u0052ecords":[${GOOD}]}`],
    ['something else among the records', recordsText(GOOD, '7')],
    ['a record beyond the limit', recordsText(withValue(`"${'x'.repeat(3_000_000)}"`))],
    ['very many tiny records', recordsText(Array(200_000).fill('{}').join(','))],
    ['a control character in a key', recordsText(one().replace('{', '{"a\tb":1,'))],
    ['a control character in a string', recordsText(withValue('"a\nb"'))],
  ])('leaves %s to the plain reader', (_, content) => expect(scanned(content)).toBeNull())

  it('leaves a document cut off to the plain reader, though the one before goes on there', () => {
    const scanner = new DocumentScanner()
    const whole = Buffer.from(recordsText(...Array<string>(9).fill(GOOD)))
    for (let size = whole.length - 1; size > 0; size -= 17) {
      expect(scanner.read(whole, CONTEXT)).not.toBeNull()
      expect(scanner.read(whole.subarray(0, size), CONTEXT)).toBeNull()
    }
  })

  it.each([
    ['the end', recordsText(GOOD).slice(0, -1)],
    ['a bracket', recordsText(GOOD).slice(0, -2)],
    ['a comma too many', recordsText(GOOD, '')],
    ['a comma too few', recordsText(GOOD, GOOD).replace('},{', '} {')],
    ['something after it', `${recordsText(GOOD)}x`],
    ['a bad escape in a field that counts', recordsText(one().replace('aws-cli', 'aws\\xcli'))],
    ['a bad number in a field that counts', recordsText(one().replace('{', '{"errorCode":01,'))],
    ['a bad word in a field that counts', recordsText(one().replace('{', '{"readOnly":tru,'))],
    ['a bad time', recordsText(one().replace('{', '{"eventTime":NaN,'))],
    ['brackets that do not match', recordsText(withValue('[1}'))],
    ['a missing colon', recordsText(one().replace(':', ' '))],
    ['a missing value', recordsText(withValue(''))],
  ])('leaves damage to the plain reader: %s', (_, content) => {
    expect(scanned(content)).toBeNull()
    expect(readPlainly(Buffer.from(content), CONTEXT).code).toMatch(/JSON/)
  })

  it.each([
    ['brackets crossed further in', '[[1},{2]]'],
    ['text that is no JSON', '{"a":NaN b c}'],
    ['a bad escape', '"\\x"'],
    ['a bad number', '01.e'],
    ['a comma too many', '[1,,]'],
  ])('takes damage in what does not count for sound, unless strict: %s', (_, text) => {
    const content = recordsText(withValue(text), GOOD)
    expect(scanned(content)?.records).toBe(2)
    expect(readPlainly(Buffer.from(content), CONTEXT).code).toBe('JSON_INVALID')
  })
})
