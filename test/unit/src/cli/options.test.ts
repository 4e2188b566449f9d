import { describe, expect, it } from 'vitest'
import { formatOf, fullSource, gather, momentOf, wholeNumber } from '../../../../src/cli/options.ts'
import { recordingTerminal } from '../../../support/offtrail.ts'

describe('formatOf', () => {
  const screen = recordingTerminal({ outIsTerminal: true }).terminal
  const pipe = recordingTerminal().terminal

  it('is a table for people and NDJSON for programs, unless asked otherwise', () => {
    expect(formatOf({}, screen, false)).toBe('table')
    expect(formatOf({}, pipe, false)).toBe('ndjson')
    expect(formatOf({}, screen, true)).toBe('ndjson')
    expect(formatOf({ format: 'csv' }, screen, false)).toBe('csv')
    expect(formatOf({ json: true }, screen, false)).toBe('json')
  })
})

describe('wholeNumber', () => {
  const read = wholeNumber('--limit', { min: 1, max: 500 })

  it('reads whole numbers of the range', () => {
    expect([read('1'), read('500')]).toEqual([1, 500])
  })

  it.each(['0', '501', '-1', '1.5', '1e2', '', ' 1', 'all'])(
    'refuses %j, and says what it takes',
    (text) => {
      expect(() => read(text)).toThrow(`--limit takes a whole number from 1 to 500, not '${text}'`)
    },
  )
})

describe('momentOf', () => {
  it('reads moments by the clock it is given', () => {
    const { terminal } = recordingTerminal({ now: () => Date.UTC(2026, 5, 2) })
    expect(momentOf(terminal)('24h')).toBe(Date.UTC(2026, 5, 1))
  })
})

describe('gather, fullSource', () => {
  it('gather what is said several times', () => {
    expect(gather('b', gather('a', undefined))).toEqual(['a', 'b'])
  })

  it('complete the name of a service', () => {
    expect([fullSource('ec2'), fullSource('my.source')]).toEqual(['ec2.amazonaws.com', 'my.source'])
  })
})
