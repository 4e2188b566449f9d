import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSecret } from '../../../../src/source/secret.ts'
import { temporaryFolder, written } from '../../../support/pipeline-world.ts'

const none = () => undefined

describe('readSecret', () => {
  it('reads a file of its owner, without the blanks around', () => {
    const file = written(join(temporaryFolder(), 'secret'), ' hush\n')
    chmodSync(file, 0o600)
    expect(readSecret({ file }, none)).toBe('hush')
    chmodSync(file, 0o640)
    expect(() => readSecret({ file }, none)).toThrow(`chmod 600 ${file}`)
  })

  it('reads a variable', () => {
    expect(readSecret({ env: 'KEY' }, (name) => `value of ${name}`)).toBe('value of KEY')
  })

  it('says where there is none', () => {
    expect(() => readSecret({ env: 'KEY' }, none)).toThrow('environment variable KEY holds no')
    expect(() => readSecret({ env: 'KEY' }, () => ' ')).toThrow('environment variable KEY')
    expect(() => readSecret({ file: '/nowhere/at all' }, none)).toThrow('/nowhere/at all')
  })
})
