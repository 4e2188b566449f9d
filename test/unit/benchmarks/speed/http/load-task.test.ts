import { describe, expect, it } from 'vitest'
import { allRight, type Load } from '../../../../../benchmarks/speed/http/load-task.ts'

const path = { answers: 10, wrong: 0, p50: 1, p99: 2 }
const load: Load = { seconds: 1, errors: 0, paths: { '/livez': path } }

describe('allRight', () => {
  it('hands on a load without a wrong answer', () => {
    expect(allRight(load)).toBe(load)
  })

  it.each([
    { ...load, errors: 1 },
    { ...load, paths: { '/livez': path, '/v1/insights': { ...path, wrong: 1 } } },
  ])('refuses one in which an answer is wrong or missing', (bad) => {
    expect(() => allRight(bad)).toThrow('1 answers')
  })
})
