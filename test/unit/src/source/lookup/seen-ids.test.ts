import { describe, expect, it } from 'vitest'
import { SeenIds } from '../../../../../src/source/lookup/seen-ids.ts'

describe('SeenIds', () => {
  it('tells the first time from every other', () => {
    const seen = new SeenIds(100)
    expect(['a', 'b', 'a', 'b', 'c'].map((id) => seen.add(id))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })

  it('remembers at least as many as it was told to, and forgets in the end', () => {
    const seen = new SeenIds(10)
    for (let id = 0; id < 25; id += 1) seen.add(String(id))
    for (let id = 15; id < 25; id += 1) expect(seen.add(String(id))).toBe(false)
    expect(seen.add('0')).toBe(true)
  })
})
