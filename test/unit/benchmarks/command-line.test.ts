import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { optionsOrUsage, wholeNumber } from '../../../benchmarks/command-line.ts'

const told = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', `benchmarks/${script}`, ...args], {
    encoding: 'utf8',
  })

describe('optionsOrUsage', () => {
  it('is what is read', () => {
    expect(optionsOrUsage((args) => args.length, 'usage', ['a', 'b'])).toBe(2)
  })
})

describe.each(['run.ts', 'quality/run.ts', 'quality/accounts/run.ts'])(
  'benchmarks/%s',
  (script) => {
    it('tells its options to who asks for help', () => {
      const { status, stdout, stderr } = told(script, '--help')
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^usage: npm run bench/)
      expect(stdout).toContain('--json FILE')
    })

    it('tells what is wrong beside them, without a stack', () => {
      const { status, stdout, stderr } = told(script, '--fast')
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/'--fast'[\s\S]*usage: npm run bench/)
      expect(stderr).not.toMatch(/^ +at .*:\d+\)?$/m)
    })
  },
)

describe('wholeNumber', () => {
  it('is what an option was given', () => {
    expect(wholeNumber('--rounds', '12')).toBe(12)
  })

  it.each(['0', '-1', '1.5', 'many', ''])('refuses %j', (text) => {
    expect(() => wholeNumber('--rounds', text)).toThrow('--rounds takes whole numbers above 0')
  })
})
