import { describe, expect, it } from 'vitest'
import { detectContent, withoutMark } from '../../../../../src/event/framing/detect-content.ts'
import { recordsText, trailRecord } from '../../../../support/trail-records.ts'

const GOOD = JSON.stringify(trailRecord(0))
const PRETTY = JSON.stringify({ Records: [trailRecord(0), trailRecord(1)] }, null, 2)
const HEADER = 'Event name,Event time,Event source\n'

describe('detectContent', () => {
  it.each([
    ['one line of records', recordsText(GOOD), 'document'],
    ['one line and its end', `${recordsText(GOOD)}\n`, 'document'],
    ['records laid out over lines', PRETTY, 'document'],
    ['a record on each line of a list', `[\n${GOOD},\n${GOOD}\n]\n`, 'document'],
    ['the same, damaged', `[\n${GOOD},,\n${GOOD}\n]\n`, 'document'],
    ['damage in records laid out', PRETTY.replace('"eventName": ', '"eventName" '), 'document'],
    ['a record a line', `${GOOD}\n${GOOD}`, 'lines'],
    ['a list a line', '[1]\n[2]', 'lines'],
    ['a broken line first', `{"a\n${GOOD}`, 'lines'],
    ['text first', `rotated\n${GOOD}`, 'lines'],
    ['prose with a record in it', `One record:\n\n${GOOD}\n\nAnd what\nit means.\n`, 'foreign'],
    ['a console CSV', HEADER, 'csv'],
    ['its header in quotes and another order', '"EVENT SOURCE","event-time",x,"Event Name"', 'csv'],
    ['another CSV', 'timestamp,value\n', 'foreign'],
    ['nothing', '', 'empty'],
    ['blanks', ' \n', 'empty'],
    ['a number', '42', 'foreign'],
  ] as const)('takes %s for %s', (_title, text, content) => {
    expect(detectContent(Buffer.from(text), true)).toBe(content)
  })

  it('does not judge a line that the probe cuts', () => {
    expect(detectContent(Buffer.from(`${GOOD}\n{"a`), false)).toBe('document')
    expect(detectContent(Buffer.from(`${GOOD}\n${GOOD}\n{"a`), false)).toBe('lines')
    expect(detectContent(Buffer.from('  '), false)).toBe('foreign')
  })

  it.each([
    ['JSON', '{"Records":[]}', 'not UTF-8'],
    ['a console CSV', HEADER, 'not UTF-8'],
    ['prose', 'Dear reader', 'foreign'],
  ] as const)('of UTF-16 says whether %s is worth converting', (_title, text, content) => {
    for (const start of ['', '\ufeff'])
      expect(detectContent(Buffer.from(start + text, 'utf16le'), true)).toBe(content)
  })
})

describe('withoutMark', () => {
  it('drops one byte order mark', () => {
    expect(Buffer.from(withoutMark(Buffer.from('\ufeff\ufeffx'))).toString()).toBe('\ufeffx')
    expect(Buffer.from(withoutMark(Buffer.from('x'))).toString()).toBe('x')
  })
})
