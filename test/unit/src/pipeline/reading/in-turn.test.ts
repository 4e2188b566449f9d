import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inTurn } from '../../../../../src/pipeline/reading/in-turn.ts'

async function* listed<Entry>(entries: Iterable<Entry>): AsyncGenerator<Entry> {
  yield* entries
}

async function* brokenOff(): AsyncGenerator<number> {
  yield 1
  yield 2
  throw new Error('gone')
}

const doubled = (entry: number) => ({ size: 1, result: async () => entry * 2 })

describe('inTurn', () => {
  it('gives results in the order of the entries, however long each takes', async () => {
    const turns = fc.array(fc.nat(5), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(turns, fc.nat(8), fc.nat(8), async (delays, count, size) => {
        const begin = (delay: number) => {
          const done = afterTurns(delay).then(() => delay)
          return { size: 1, result: () => done }
        }
        const results: number[] = []
        for await (const result of inTurn(listed(delays), begin, { count, size }))
          results.push(result)
        expect(results).toEqual(delays)
      }),
    )
  })

  it.each([
    ['entries', { count: 3, size: 1000 }],
    ['sizes', { count: 1000, size: 30 }],
  ])('begins one more than its limit of %s', async (_title, ahead) => {
    let [begun, given, most] = [0, 0, 0]
    const begin = () => {
      begun += 1
      most = Math.max(most, begun - given)
      return { size: 10, result: async () => 0 }
    }
    for await (const _ of inTurn(listed(Array(20).keys()), begin, ahead)) given += 1
    expect({ begun, given, most }).toEqual({ begun: 20, given: 20, most: 4 })
  })

  it('begins nothing before its turn without a limit to go by', async () => {
    const order: string[] = []
    const begin = (entry: number) => {
      order.push(`begin ${entry}`)
      return { size: 0, result: async () => entry }
    }
    for await (const result of inTurn(listed([1, 2]), begin, { count: 0, size: 0 }))
      order.push(`give ${result}`)
    expect(order).toEqual(['begin 1', 'give 1', 'begin 2', 'give 2'])
  })

  it('gives what came before listing failed, then fails', async () => {
    const results: number[] = []
    const all = async () => {
      for await (const result of inTurn(brokenOff(), doubled, { count: 9, size: 9 }))
        results.push(result)
    }
    await expect(all()).rejects.toThrow('gone')
    expect(results).toEqual([2, 4])
  })

  it('gives nothing after the first result that fails', async () => {
    const results: number[] = []
    const begin = (entry: number) => ({
      size: 1,
      result: () => (entry === 2 ? Promise.reject(new Error('bad')) : Promise.resolve(entry)),
    })
    const all = async () => {
      for await (const result of inTurn(listed([1, 2, 3]), begin, { count: 9, size: 9 }))
        results.push(result)
    }
    await expect(all()).rejects.toThrow('bad')
    expect(results).toEqual([1])
  })
})

async function afterTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
