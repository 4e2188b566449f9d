import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { collectNow } from '../../../../src/base/engine.ts'

/** As it was built: plain Node runs it. */
const ENGINE = new URL('../../../../dist/src/base/engine.js', import.meta.url).href

it('collects what has become garbage at once', () => {
  const held: { objects: object[] | null } = {
    objects: Array.from({ length: 500_000 }, (_, at) => ({ at })),
  }
  const before = process.memoryUsage().heapUsed
  held.objects = null
  collectNow()
  expect(process.memoryUsage().heapUsed).toBeLessThan(before - 10_000_000)
})

it('has the room for new objects grow no further than it was told', () => {
  const code = `
    import { settleEngine } from ${JSON.stringify(ENGINE)}
    import { getHeapSpaceStatistics } from 'node:v8'
    const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size
    if (process.argv[1] === 'small') settleEngine(process.versions.v8)
    let most = 0
    for (let turn = 0; turn < 40; turn++) {
      globalThis.held = Array.from({ length: 200_000 }, (_, at) => ({ at }))
      await new Promise((resolve) => setImmediate(resolve))
      most = Math.max(most, young())
    }
    console.log(most)`
  const mostOf = (how: string) =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', code, how]).toString())
  expect(mostOf('small')).toBeLessThan(32 * 2 ** 20)
  expect(mostOf('as it is')).toBeGreaterThanOrEqual(32 * 2 ** 20)
})
