import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SumRows } from '../../../../../../src/store/sqlite/counts/sum-rows.ts'

const rowOf = (width: 3 | 4) =>
  fc.array(fc.integer({ min: -3, max: 9 }), { minLength: width, maxLength: width })
const rowsOf = (width: 3 | 4) =>
  fc.record({
    width: fc.constant(width),
    fills: fc.array(fc.array(rowOf(width), { maxLength: 300 }), { minLength: 1, maxLength: 3 }),
    inOrder: fc.boolean(),
  })

function compareRows(one: readonly number[], other: readonly number[]): number {
  const column = one.findIndex((number, at) => number !== other[at])
  return column < 0 ? 0 : (one[column] ?? 0) - (other[column] ?? 0)
}

/** By what rows say, in order, with the sum of what they count. */
function plainSums(rows: readonly (readonly number[])[]): number[][] {
  const sums = new Map<string, number[]>()
  for (const row of rows) {
    const said = row.slice(0, -1)
    const known = sums.get(said.join(' '))
    const count = (known?.at(-1) ?? 0) + (row.at(-1) ?? 0)
    sums.set(said.join(' '), [...said, count])
  }
  return [...sums.values()].sort(compareRows)
}

function listed(rows: SumRows): number[][] {
  return Array.from({ length: rows.length }, (_, row) =>
    Array.from({ length: rows.width }, (_, column) => rows.at(row, column)),
  )
}

it('sums rows as a map does, ascending, and again when filled again', () => {
  fc.assert(
    fc.property(fc.oneof(rowsOf(3), rowsOf(4)), ({ width, fills, inOrder }) => {
      const rows = new SumRows(width)
      for (const fill of fills) {
        rows.clear()
        for (const [a = 0, b = 0, c = 0, d] of inOrder ? [...fill].sort(compareRows) : fill)
          rows.push(a, b, c, d)
        rows.sum()
        expect(listed(rows)).toEqual(plainSums(fill))
      }
    }),
    { seed: 7 },
  )
})

it('keeps the rows asked for, in their order', () => {
  const rows = new SumRows(3)
  for (const count of [4, 0, 5, 0]) rows.push(rows.length, 0, count)
  rows.keepOnly((row) => rows.at(row, 2) > 0)
  expect(listed(rows)).toEqual([
    [0, 0, 4],
    [2, 0, 5],
  ])
})
