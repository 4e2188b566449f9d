import { expect, it } from 'vitest'
import { LAW } from '../../../../models/detector/law.ts'

it('names every law once', () => {
  const names = Object.values(LAW)
  expect(new Set(names).size).toBe(names.length)
})
