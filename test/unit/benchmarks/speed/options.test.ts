import { describe, expect, it } from 'vitest'
import { CHAPTERS, optionsFrom } from '../../../../benchmarks/speed/options.ts'

describe('optionsFrom', () => {
  it('measures everything at the usual size without ClickHouse', () => {
    expect(optionsFrom([])).toMatchObject({
      ...{ scaleName: 'usual', only: CHAPTERS, clickhouse: false, native: false, json: null },
    })
  })

  it('measures some chapters, in their own order', () => {
    expect(optionsFrom(['--only', 'scoring,run']).only).toEqual(['run', 'scoring'])
  })

  it('takes chapters without --only, too', () => {
    expect(optionsFrom(['http', '--small'])).toMatchObject({ only: ['http'], scaleName: 'small' })
  })

  it('takes ClickHouse where it is asked for, and with --full', () => {
    expect(optionsFrom(['--peers', 'clickhouse']).clickhouse).toBe(true)
    expect(optionsFrom(['--full'])).toMatchObject({ scaleName: 'full', clickhouse: true })
  })

  it.each([
    ['--only', 'nothing'],
    ['nothing'],
    ['--peers', 'athena'],
    ['--fast'],
    ['--rounds', '0'],
  ])('refuses %s %s', (...args) => {
    expect(() => optionsFrom(args.filter((arg) => arg !== undefined))).toThrow()
  })
})
