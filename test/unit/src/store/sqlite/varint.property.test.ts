import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VarintReader, VarintWriter } from '../../../../../src/store/sqlite/varint.ts'

const number = fc.oneof(fc.nat(300), fc.nat(), fc.maxSafeNat())

it('reads what was written', () => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
      const writer = new VarintWriter()
      for (const value of numbers) writer.put(value)
      const reader = new VarintReader(writer.bytes())
      expect(numbers.map(() => reader.take())).toEqual(numbers)
      expect(reader.ended).toBe(true)
    }),
    { seed: 6 },
  )
})

it('reads zeros beyond the end, so that a damaged blob cannot hang', () => {
  const reader = new VarintReader(Uint8Array.of(0x80))
  expect([reader.take(), reader.take()]).toEqual([0, 0])
})
