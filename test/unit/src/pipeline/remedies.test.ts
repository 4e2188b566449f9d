import { describe, expect, it } from 'vitest'
import { damageWords } from '../../../../src/pipeline/remedies.ts'

describe('damageWords', () => {
  it.each([
    [
      'NOT_UTF8',
      'it begins as UTF-16',
      'it begins as UTF-16; convert it, for example with iconv -t UTF-8',
    ],
    ['GZIP_CUT_OFF', null, 'the gzip data ends early: copy the file again'],
    ['READ_FAILED', 'EIO', 'EIO'],
    [null, null, 'it could not be read'],
  ])('of %s and %s are what happened and what helps, once', (code, message, words) => {
    expect(damageWords(code, message)).toBe(words)
  })
})
