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

/** The most that a space of the heap took in a process that makes so many objects a turn and keeps those of the last turns. */
function mostOf(
  {
    space,
    size,
  }: { readonly space: 'new' | 'old'; readonly size: 'space_size' | 'space_used_size' },
  {
    objects,
    kept,
    turns,
  }: { readonly objects: number; readonly kept: number; readonly turns: number },
  isSettled: boolean,
): number {
  const code = `
    import { settleEngine } from ${JSON.stringify(ENGINE)}
    import { getHeapSpaceStatistics } from 'node:v8'
    const taken = () => getHeapSpaceStatistics().find((one) => one.space_name === '${space}_space').${size}
    if (${isSettled}) settleEngine(process.versions.v8)
    globalThis.held = []
    let most = 0
    for (let turn = 0; turn < ${turns}; turn++) {
      held[turn % ${kept}] = Array.from({ length: ${objects} }, (_, at) => ({ at: at + 0.5, turn }))
      if (turn % 20 === 0 || ${kept} === 1) await new Promise((resolve) => setImmediate(resolve))
      most = Math.max(most, taken())
    }
    console.log(most)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code]).toString())
}

it('has the room for new objects grow no further than it was told', () => {
  const young = { space: 'new', size: 'space_size' } as const
  const garbage = { objects: 80_000, kept: 1, turns: 100 }
  expect(mostOf(young, garbage, true)).toBeLessThan(32 * 2 ** 20)
  expect(mostOf(young, garbage, false)).toBeGreaterThanOrEqual(32 * 2 ** 20)
})

it('has old garbage collected before it is several times what lives', () => {
  const old = { space: 'old', size: 'space_used_size' } as const
  const changing = { objects: 2000, kept: 400, turns: 4000 }
  expect(mostOf(old, changing, true)).toBeLessThan(0.85 * mostOf(old, changing, false))
})
