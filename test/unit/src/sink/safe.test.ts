import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvRow, safe, safeJson } from '../../../../src/sink/safe.ts'
import { anyText } from '../../../support/insights.ts'
import { steeringIn } from '../../../support/steering.ts'

describe('safe', () => {
  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['two\r\nlines\t', 'two\\u{d}\\u{a}lines\\u{9}'],
    ['\u009b2J\u007f', '\\u{9b}2J\\u{7f}'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['ad\u200bmin\ufeff', 'ad\\u{200b}min\\u{feff}'],
    ['half\ud83d', 'half\\u{d83d}'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['Zoë 東京 👍', 'Zoë 東京 👍'],
  ])('shows %j as %s', (text, shown) => {
    expect(safe(text)).toBe(shown)
  })

  it('leaves nothing that steers, and nothing to do a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = safe(text)
        expect(steeringIn(shown)).toEqual([])
        expect(safe(shown)).toBe(shown)
      }),
    )
  })
})

describe('safeJson', () => {
  it('indents where asked, and escapes as it does on one line', () => {
    expect(safeJson({ a: ['\n\u009b\u202e'] }, { indent: 2 })).toBe(
      '{\n  "a": [\n    "\\n\\u009b\\u202e"\n  ]\n}',
    )
  })

  it('parses to the same value and leaves nothing that steers', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: anyText })), (value) => {
        const text = safeJson(value)
        expect(JSON.parse(text)).toEqual(value)
        expect(steeringIn(text)).toEqual([])
      }),
    )
  })

  it('escapes characters beyond the basic plane as a pair', () => {
    expect(safeJson('\u{e0041}')).toBe('"\\udb40\\udc41"')
  })
})

describe('csvCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠1', "'＠1"],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['a=b', 'a=b'],
    ['a,b', '"a,b"'],
    ['', ''],
  ])('writes the text %j as %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })

  it.each([
    [-1.5, '-1.5'],
    [0, '0'],
    [true, 'true'],
    [null, ''],
  ])('leaves %j as it is', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})

describe('csvRow', () => {
  it('reads back as it was written, formulas behind one apostrophe', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 2, maxLength: 5 }), (texts) => {
        const expected = texts.map((text) =>
          /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text,
        )
        expect(parseCsv(csvRow(texts))).toEqual([expected])
      }),
    )
  })
})

/** A plain reader of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (let at = 0; at < text.length; at += 1) {
    const [whole = '', quoted] = /^(?:"((?:[^"]|"")*)"|[^,\n]*)/.exec(text.slice(at)) ?? []
    row.push(quoted?.replaceAll('""', '"') ?? whole)
    at += whole.length
    if (text[at] !== '\n') continue
    rows.push(row)
    row = []
  }
  return rows
}

it('escapes what is not assigned yet among the invisible, too', () => {
  expect(safe('a\u{E0002}b\u{2065}c')).toBe('a\\u{e0002}b\\u{2065}c')
})
