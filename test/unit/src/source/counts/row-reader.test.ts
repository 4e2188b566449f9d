import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactCsvRow } from '../../../../../src/sink/exact-csv.ts'
import { RowReader } from '../../../../../src/source/counts/row-reader.ts'

interface Read {
  readonly fields: readonly string[]
  readonly line: number
}

/** The rows of a text that comes in pieces of a size. */
function read(text: string, size = text.length): readonly Read[] {
  const rows: Read[] = []
  const reader = new RowReader('a.csv', (fields, line) => rows.push({ fields, line }))
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
  reader.end()
  return rows
}

const rowsOf = (text: string, size?: number) => read(text, size).map(({ fields }) => fields)

describe('RowReader', () => {
  it.each([
    {
      text: 'a,b\r\nc,d\r\n',
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    },
    {
      text: 'a,b\nc,d',
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    },
    { text: 'a,"b"\r', rows: [['a', 'b']] },
    { text: '"a,b","c ""d"" e"\n', rows: [['a,b', 'c "d" e']] },
    { text: '"two\r\nlines",x\r\n', rows: [['two\r\nlines', 'x']] },
    { text: '\n\r\n,\n\n', rows: [['', '']] },
    { text: '""\n', rows: [['']] },
    { text: 'say "hi",x\n', rows: [['say "hi"', 'x']] },
    { text: 'x,"""",\n', rows: [['x', '"', '']] },
    { text: '', rows: [] },
  ])('reads $text, whole or in pieces of any size', ({ text, rows }) => {
    for (let size = 1; size <= text.length; size++) expect(rowsOf(text, size)).toEqual(rows)
  })

  it('counts lines through line breaks in quotes and blank rows', () => {
    const lines = read('a\n\n"b\nc"\r\nd\n').map(({ line }) => line)
    expect(lines).toEqual([1, 3, 5])
  })

  it.each([
    { text: 'a\nb,"c\n', words: 'a.csv:2: a quote opened in this row is not closed' },
    { text: 'a\n"b"c\n', words: 'a.csv:2: a value goes on after its closing quote' },
    { text: 'a\rb\rc\n', words: 'a.csv:1: a carriage return stands alone' },
    { text: 'a,"x",b\rc\n', words: 'a.csv:1: a carriage return stands alone' },
    { text: `"${'x'.repeat(2 ** 20 + 1)}`, words: 'a.csv:1: a quote opened' },
  ])('refuses what RFC 4180 does not allow: $words', ({ text, words }) => {
    expect(() => read(text)).toThrow(words)
  })

  it('reads back whatever is written exactly, in pieces of any size', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '😀') })
    // A row of one empty field is a blank row.
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.boolean(), fc.integer({ min: 1, max: 40 }), (written, crlf, size) => {
        const text = written.map(exactCsvRow).map((row) => (crlf ? `${row.slice(0, -1)}\r\n` : row))
        expect(rowsOf(text.join(''), size)).toEqual(written)
      }),
    )
  })
})
