import { describe, expect, it } from 'vitest'
import { rowOf } from '../../../../../benchmarks/speed/measure/interleaved.ts'
import { sampleOf } from '../sample-of.ts'

describe('rowOf', () => {
  it('gives the median of each figure on its own', () => {
    const samples = [
      sampleOf({ cpuSeconds: 3, wallSeconds: 1 }),
      sampleOf({ cpuSeconds: 1, wallSeconds: 9 }),
      sampleOf({ cpuSeconds: 2, wallSeconds: 5 }),
    ]
    expect(rowOf('x', samples, null)).toMatchObject({
      ...{ title: 'x', cpuSeconds: 2, wallSeconds: 5, failure: null },
    })
  })

  it('fails a contender that counts another thing in another round', () => {
    const samples = [1, 2].map((cells) => sampleOf({ digest: { events: 9, cells, squares: 9 } }))
    expect(rowOf('x', samples, null).failure).toBe('counts another thing every time')
  })

  it('keeps why a contender failed', () => {
    expect(rowOf('x', [], 'no such module').failure).toBe('no such module')
  })
})
