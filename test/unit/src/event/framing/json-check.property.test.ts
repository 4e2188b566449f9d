import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonCheck } from '../../../../../src/event/framing/json-check.ts'

function isJsonByCheck(text: string, chunkBytes: number): boolean {
  const bytes = Buffer.from(text)
  const check = new JsonCheck()
  let at = 0
  while (at < bytes.length && check.status === 'open') {
    const chunk = bytes.subarray(at, at + chunkBytes)
    at += check.feed(chunk, 0)
  }
  if (check.status === 'invalid') return false
  return check.endsHere && /^[ \t\r\n]*$/.test(bytes.subarray(at).toString())
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const FRAGMENTS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '"\\u00e9"',
    '"\\ud800"',
    '\\u12',
    'true',
    'fals',
  ],
  ...[
    'null',
    'nul',
    '0',
    '-',
    '-1',
    '1.5',
    '01',
    '1.',
    '.5',
    '1e9',
    '1E+',
    '1e-2',
    ' ',
    '\n',
    '\t',
    'é',
  ],
  ...[
    '\u2028',
    '\u0000',
    '\u00a0',
    'NaN',
    "'",
    '/',
    '{"a":1}',
    '[1,2]',
    '{"a":',
    '[]',
    '{}',
    '"\\n"',
  ],
]

describe('JsonCheck', () => {
  it('agrees with JSON.parse on texts put together from pieces of JSON', () => {
    const text = fc
      .array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (json, chunkBytes) => {
        expect(isJsonByCheck(json, chunkBytes)).toBe(isJson(json))
      }),
      { numRuns: 20_000 },
    )
  })

  it('agrees with JSON.parse on JSON with one byte changed', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 127 }) })
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), change, fc.nat(2), (json, { at, byte }, space) => {
        const bytes = Buffer.from(JSON.stringify(JSON.parse(json), null, space))
        bytes[at % bytes.length] = byte
        const text = bytes.toString()
        expect(isJsonByCheck(text, 7)).toBe(isJson(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('keeps one bit a level, so ten million levels take less than 8 MB', () => {
    const [open, close] = [Buffer.alloc(50_000, '['), Buffer.alloc(50_000, ']')]
    const check = new JsonCheck()
    const before = process.memoryUsage().arrayBuffers
    for (let at = 0; at < 200; at++) check.feed(open, 0)
    for (let at = 0; at < 200; at++) check.feed(close, 0)
    expect(check.status).toBe('done')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6)
  })
})
