import { expect, it } from 'vitest'
import { joinHash, textHash } from '../../../../src/bucket/text-hash.ts'

it('is the same on every machine, because stores keep it', () => {
  expect([textHash(''), textHash('terraform'), textHash('\ud800')]).toMatchInlineSnapshot(`
    [
      2872998923,
      3032813285,
      1463727854,
    ]
  `)
  expect(joinHash(1, 2)).not.toBe(joinHash(2, 1))
})

it('tells 100 000 agents apart as well as chance would', () => {
  const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => textHash(`Boto3/1.${i}`)))
  expect(hashes.size).toBeGreaterThan(99_990)
})
