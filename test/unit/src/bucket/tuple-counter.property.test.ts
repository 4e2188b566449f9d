import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TupleCounter } from '../../../../src/bucket/tuple-counter.ts'

const tuple = fc.tuple(
  fc.nat(9),
  fc.nat(300),
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: -3, max: 3 }),
)

const used = new TupleCounter()

it('counts tuples as a map of their texts does, in room of its own or in that of others', () => {
  const expected = fc.oneof(fc.nat(700), fc.constantFrom(9000, 20_000))
  fc.assert(
    fc.property(
      fc.array(tuple, { maxLength: 600 }),
      expected,
      fc.boolean(),
      (additions, expected, isNew) => {
        const counter = isNew ? new TupleCounter(expected) : used
        counter.begin(expected)
        const plain = new Map<string, number>()
        for (const [a, b, c, by] of additions) {
          const key = `${a} ${b} ${c}`
          expect(counter.add(a, b, c, by)).toBe(!plain.has(key))
          expect(counter.has(a, b, c)).toBe(true)
          plain.set(key, (plain.get(key) ?? 0) + by)
        }
        const found = Array.from({ length: counter.length }, (_, i) => [
          `${counter.a[i]} ${counter.b[i]} ${counter.c[i]}`,
          counter.count[i],
        ])
        expect(found).toEqual([...plain])
        expect(counter.has(10, 0, 0)).toBe(false)
      },
    ),
    { seed: 5, numRuns: 50 },
  )
})
