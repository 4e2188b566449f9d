import { describe, expect, it } from 'vitest'
import { optionsFrom } from '../../../../benchmarks/quality/accounts/options.ts'

describe('optionsFrom', () => {
  it.each([{ given: ['--without', 'no-record'] }, { given: ['--without=no-record'] }])(
    'passes all but the part left out on to the copy without it: $given',
    ({ given }) => {
      const { without } = optionsFrom(['--seeds', '4', ...given, '--budgets', '1'])
      expect(without?.ablation.name).toBe('no-record')
      expect(without?.args).toEqual(['--seeds', '4', '--budgets', '1'])
    },
  )

  it('names the parts there are where another is asked for', () => {
    expect(() => optionsFrom(['--without', 'luck'])).toThrow(
      /no ablation is called luck.*no-record/,
    )
  })
})
