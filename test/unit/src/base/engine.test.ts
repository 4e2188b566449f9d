import { expect, it } from 'vitest'
import { collectNow } from '../../../../src/base/engine.ts'

it('collects what has become garbage at once', () => {
  const held: { objects: object[] | null } = {
    objects: Array.from({ length: 500_000 }, (_, at) => ({ at })),
  }
  const before = process.memoryUsage().heapUsed
  held.objects = null
  collectNow()
  expect(process.memoryUsage().heapUsed).toBeLessThan(before - 10_000_000)
})
