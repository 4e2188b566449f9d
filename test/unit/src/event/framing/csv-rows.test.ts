import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRows } from '../../../../../src/event/framing/csv-rows.ts'

function rowsOf(text: string) {
  return [...csvRows(text)].map((row) => row.fields)
}

describe('csvRows', () => {
  it.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb', [['a'], ['b']]],
    ['"a,b","c ""d"" e"\n', [['a,b', 'c "d" e']]],
    ['"two\r\nlines",x', [['two\r\nlines', 'x']]],
    [
      ',\n\n,,',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['"",""""', [['', '"']]],
    ['"a"b,c', [['ab', 'c']]],
    ['', []],
  ])('reads %j', (text, rows) => {
    expect(rowsOf(text)).toEqual(rows)
  })

  it('keeps the text of a row as it stood', () => {
    expect([...csvRows('x,"y,z"\r\nq,r\r\n')].map((row) => row.text)).toEqual(['x,"y,z"', 'q,r'])
  })

  it('tells a text that ends inside quotes', () => {
    const rows = csvRows('a,b\n"c,d\n')
    expect(rows.next().done).toBe(false)
    expect(rows.next()).toEqual({ done: true, value: { isCutOff: true } })
  })

  it('reads back whatever is written with every field in quotes', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') })
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (written, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const text = written.map((row) => row.map(quoted).join(',') + end).join('')
        expect(rowsOf(text)).toEqual(written)
      }),
    )
  })
})
