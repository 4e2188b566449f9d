import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DocumentReader } from '../../../../../src/event/framing/document-reader.ts'
import { Intake } from '../../../../../src/event/intake.ts'
import { StopReading } from '../../../../../src/event/stop-reading.ts'
import { FILE_LIMITS } from '../../../../support/file-limits.ts'

/** Keeps the values that stand where records belong, unread. */
class Values extends Intake {
  readonly values: unknown[] = []
  override value(value: unknown): void {
    this.values.push(value)
  }
  override reject(code: string): void {
    this.values.push(code)
  }
}

interface Split {
  readonly values: readonly unknown[]
  readonly code: string | null
  readonly message: string
}

function split(text: string, chunkBytes: number, recordBytes = FILE_LIMITS.recordBytes): Split {
  const limits = { ...FILE_LIMITS, recordBytes }
  const intake = new Values({ account: null, stampMs: null, limits }, () => {})
  const reader = new DocumentReader(intake, 0)
  const bytes = Buffer.from(text)
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const chunk = Buffer.from(bytes.subarray(at, at + chunkBytes))
      if (reader.push(chunk) < chunk.length)
        return { values: intake.values, code: 'NEXT', message: '' }
      chunk.fill('?')
    }
    reader.end()
    return { values: intake.values, code: null, message: '' }
  } catch (cause) {
    if (!(cause instanceof StopReading)) throw cause
    return { values: intake.values, code: cause.code, message: cause.message }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const envelope = fc.constantFrom('Records', 'Events', 'R\\u0065cords')
const members = fc.dictionary(
  fc.string({ maxLength: 5 }).map((key) => `k${key}`),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 3 },
)
const space = fc.constantFrom('', ' ', '\n  ', '\r\n\t')
const items = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 })

/** A document, its records at any place among other keys. */
const document = fc
  .record({ envelope, before: members, items, after: members, space })
  .map((parts) => {
    const pairs = (all: object) =>
      Object.entries(all).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    const list = parts.items.map((item) => JSON.stringify(item, null, 1)).join(`${parts.space},`)
    const all = [
      ...pairs(parts.before),
      `"${parts.envelope}"${parts.space}:[${list}]`,
      ...pairs(parts.after),
    ]
    return {
      text: `${parts.space}{${all.join(`,${parts.space}`)}}${parts.space}`,
      items: parts.items,
    }
  })
const chunkBytes = fc.integer({ min: 1, max: 40 })

describe('DocumentReader', () => {
  it('gives the records that JSON.parse gives, however the bytes are cut', () => {
    fc.assert(
      fc.property(document, chunkBytes, ({ text, items }, size) => {
        expect(split(text, size)).toEqual({
          values: JSON.parse(JSON.stringify(items)),
          code: null,
          message: '',
        })
      }),
      { numRuns: 1000 },
    )
  })

  it('accepts a changed document exactly where JSON.parse does', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 9, max: 126 }) })
    fc.assert(
      fc.property(document, change, chunkBytes, ({ text }, { at, byte }, size) => {
        const bytes = Buffer.from(text)
        bytes[at % bytes.length] = byte
        const changed = bytes.toString()
        const { code } = split(changed, size)
        if (code === 'RECORDS_REPEATED' || code === 'RECORDS_NOT_AN_ARRAY') return
        expect(code === null).toBe(parsed(changed) !== undefined)
      }),
      { numRuns: 5000 },
    )
  })

  it('tells a document that is cut off at any place', () => {
    fc.assert(
      fc.property(document, fc.nat(), chunkBytes, ({ text }, cut, size) => {
        const bytes = Buffer.from(text.trimEnd())
        const start = bytes.subarray(0, cut % bytes.length).toString('latin1')
        expect(split(start, size).code).toBe('JSON_CUT_OFF')
      }),
    )
  })

  it('judges long records as exactly as short ones, and alike in any chunks', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 9, max: 126 }) })
    fc.assert(
      fc.property(document, change, chunkBytes, ({ text }, { at, byte }, size) => {
        const bytes = Buffer.from(text)
        bytes[at % bytes.length] = byte
        const changed = bytes.toString()
        const found = split(changed, size, 8)
        expect(found).toEqual(split(changed, changed.length * 4, 8))
        expect(found.code === 'JSON_INVALID' || found.code === 'JSON_CUT_OFF').toBe(
          ['JSON_INVALID', 'JSON_CUT_OFF'].includes(split(changed, size).code ?? ''),
        )
      }),
      { numRuns: 3000 },
    )
  })
})

describe('DocumentReader, of one bare value', () => {
  it('gives the value itself', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
    fc.assert(
      fc.property(object, space, chunkBytes, (value, blank, size) => {
        fc.pre(!Object.hasOwn(value, 'Records') && !Object.hasOwn(value, 'Events'))
        const text = `${blank}${JSON.stringify(value)}${blank}`
        expect(split(text, size).values).toEqual([JSON.parse(JSON.stringify(value))])
      }),
    )
  })

  it.each([
    ['{"Records":[1],"Records":[2]}', 'RECORDS_REPEATED'],
    ['{"Records":[1],"Events":[2]}', 'RECORDS_REPEATED'],
    ['{"Records":{}}', 'RECORDS_NOT_AN_ARRAY'],
    ['{"Events":null}', 'RECORDS_NOT_AN_ARRAY'],
    ['{"digestS3Object":"x","logFiles":[]}', 'DIGEST'],
    ['{"a":1}{"a":2}', 'JSON_INVALID'],
    ['{"a":1}\n{"a":2}', 'NEXT'],
    ['"text"', 'JSON_INVALID'],
    ['', 'JSON_CUT_OFF'],
  ])('ends %j with %s', (text, code) => {
    expect(split(text, 3).code).toBe(code)
  })
})
