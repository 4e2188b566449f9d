import { describe, expect, it } from 'vitest'
import { Scratch } from '../../../../models/series/scratch.ts'

describe('Scratch', () => {
  it('lends zeros, whatever was written there before', () => {
    const scratch = new Scratch()
    scratch.zeros(4).fill(7)
    scratch.renew()
    expect([...scratch.zeros(3)]).toEqual([0, 0, 0])
  })

  it('lends arrays that lie apart, however many', () => {
    const scratch = new Scratch()
    const arrays = Array.from({ length: 40 }, (_, at) => scratch.zeros(5000).fill(at))
    expect(arrays.every((array, at) => array.every((value) => value === at))).toBe(true)
  })

  it('lends the arrays of earlier work again where as long ones are asked for', () => {
    const scratch = new Scratch()
    const [first, second] = [scratch.lend(3), scratch.lend(4)]
    scratch.renew()
    expect(scratch.lend(3)).toBe(first)
    const longer = scratch.lend(5)
    expect(longer).toHaveLength(5)
    expect(longer.byteOffset).toBe(second.byteOffset)
  })

  it('copies values', () => {
    const values = Float64Array.of(3, 1)
    const copy = new Scratch().copy(values)
    copy[0] = 9
    expect([[...values], [...copy]]).toEqual([
      [3, 1],
      [9, 1],
    ])
  })

  it('knows a loan that is over', () => {
    const scratch = new Scratch()
    const loan = scratch.renewed
    scratch.check(loan)
    scratch.renew()
    expect(() => scratch.check(loan)).toThrow('while they are lent, not after')
  })
})
