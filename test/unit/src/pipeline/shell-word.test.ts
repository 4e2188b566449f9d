import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../../../src/pipeline/shell-word.ts'

describe('shellWord', () => {
  it('leaves plain words as they are', () => {
    expect(shellWord('/logs/offtrail.db')).toBe('/logs/offtrail.db')
  })

  it.each(['a b', "it's", '$(id)', '`id`', '', '*', '; rm x', '\\', '"', '~'])(
    'reaches a program as it was: %j',
    (text) => {
      const echoed = execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], {
        encoding: 'utf8',
      })
      expect(echoed).toBe(text)
    },
  )
})
