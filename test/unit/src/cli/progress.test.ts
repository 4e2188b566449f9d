import { describe, expect, it } from 'vitest'
import { bytesText, counted, grouped, progressOn } from '../../../../src/cli/progress.ts'
import { recordingTerminal } from '../../../support/offtrail.ts'

describe('progressOn', () => {
  function shown(changes: { errIsTerminal: boolean; quiet?: boolean }, times: readonly number[]) {
    let nowMs = 0
    const { errIsTerminal, quiet = false } = changes
    const { terminal, said } = recordingTerminal({ errIsTerminal, width: 10, now: () => nowMs })
    const progress = progressOn(terminal, { quiet })
    for (const timeMs of times) {
      nowMs = timeMs
      progress.show(() => `at ${timeMs} milliseconds`)
    }
    progress.end()
    return said.err
  }

  it('redraws one line on a terminal, cut to its width, and takes it away at the end', () => {
    const clear = '\r\u001b[2K'
    expect(shown({ errIsTerminal: true }, [50, 150, 200, 300])).toBe(
      `${clear}at 150 mi${clear}at 300 mi${clear}`,
    )
  })

  it('writes a line every ten seconds elsewhere', () => {
    expect(shown({ errIsTerminal: false }, [5000, 10_000, 15_000, 20_000])).toBe(
      'at 10000 milliseconds\nat 20000 milliseconds\n',
    )
  })

  it('keeps quiet where asked to', () => {
    expect(shown({ errIsTerminal: true, quiet: true }, [10_000])).toBe('')
  })
})

describe('numbers for people', () => {
  it('have their digits in threes', () => {
    expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1 000', '1 234 567'])
  })

  it('stand before a noun in its number', () => {
    expect([counted(1, 'file'), counted(2000, 'file')]).toEqual(['1 file', '2 000 files'])
    expect(counted(2, 'entry', 'entries')).toBe('2 entries')
  })

  it('name bytes by powers of ten', () => {
    expect([120, 99_949, 12_345_678].map(bytesText)).toEqual(['0.1 kB', '99.9 kB', '12.3 MB'])
  })
})
