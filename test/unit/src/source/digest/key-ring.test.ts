import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keyRingOfFiles, publicKeyOf } from '../../../../../src/source/digest/key-ring.ts'
import { keyList, makeSigner, START_MS } from '../../../../support/digest-chain.ts'
import { place } from '../../../../support/offtrail.ts'

const { path } = place()
const signer = makeSigner()
const other = makeSigner()
const file = (name: string, text: string): string => {
  writeFileSync(path(name), text)
  return path(name)
}
const question = { region: 'eu-west-1', fingerprint: signer.fingerprint, atMs: START_MS }

describe('keyRingOfFiles', () => {
  it('finds keys by fingerprint in all files that are named', async () => {
    const ring = keyRingOfFiles([file('one', keyList(other)), file('two', keyList(signer))])
    const [key, ...more] = await ring.keysFor(question)
    expect(key?.fingerprint).toBe(signer.fingerprint)
    expect(more).toEqual([])
    expect(await ring.keysFor({ ...question, fingerprint: 'ff' })).toEqual([])
  })

  it.each([
    '',
    '[]',
    '{}',
    'null',
    '{"PublicKeyList":[null]}',
    '{"PublicKeyList":[{"Value":"AAAA"}]}',
  ])('says what %j lacks', (text) => {
    expect(() => keyRingOfFiles([file('wrong', text)])).toThrow(/list-public-keys/)
  })

  it('says which file it cannot read', () => {
    expect(() => keyRingOfFiles([path('none')])).toThrow(/none/)
  })
})

describe('publicKeyOf', () => {
  it('takes SPKI as well as PKCS #1, and seconds as well as RFC 3339', () => {
    const { listed } = signer
    const pkcs1 = publicKeyOf(listed)
    const spki = pkcs1?.key.export({ type: 'spki', format: 'der' }).toString('base64')
    const seconds = Date.parse(listed['ValidityStartTime'] ?? '') / 1000
    const read = publicKeyOf({ ...listed, Value: spki, ValidityStartTime: seconds })
    expect(read).toMatchObject({ validFromMs: pkcs1?.validFromMs })
    expect(read?.key.equals(pkcs1?.key as NonNullable<typeof pkcs1>['key'])).toBe(true)
  })

  it.each(['Value', 'Fingerprint', 'ValidityStartTime', 'ValidityEndTime'])(
    'takes nothing for a key that has no %s',
    (name) => {
      expect(publicKeyOf({ ...signer.listed, [name]: undefined })).toBeNull()
    },
  )
})
