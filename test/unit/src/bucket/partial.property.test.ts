import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTOR_KINDS, kindOfSlot, minuteOfSlot } from '../../../../src/bucket/actors.ts'
import { countCalls, FATES } from '../../../../src/bucket/count.ts'
import { type BucketPartial, merge } from '../../../../src/bucket/partial.ts'
import { seriesText } from '../../../../src/bucket/series-key.ts'
import type { ApiCall } from '../../../../src/event/api-call.ts'
import { CallTableBuilder } from '../../../../src/event/table/call-table.ts'
import { aCall, anyCall, MIDNIGHT_MS } from '../../../support/small-files.ts'

const RULES = { windowMinutes: 5, cap: 2 }

const tableOf = (calls: readonly ApiCall[]) => {
  const builder = new CallTableBuilder()
  for (const call of calls) builder.add(call)
  return builder.build()
}
const counted = (calls: readonly ApiCall[]): BucketPartial =>
  countCalls(tableOf(calls), null, RULES)

/** A partial by content: no places, no order. */
function contentOf({ series, codes, values, cells, actors, pastCap, reads }: BucketPartial) {
  const name = (place: number | undefined) => {
    const key = series[place ?? -1]
    return key === undefined ? '' : seriesText(key)
  }
  const code = (place: number | undefined) => codes[place ?? -1]
  const sorted = (rows: Iterable<unknown>) => Array.from(rows, (row) => JSON.stringify(row)).sort()
  return {
    cells: sorted(
      Array.from(cells.count, (count, i) => [
        name(cells.series[i]),
        code(cells.code[i]),
        cells.minute[i],
        count,
      ]),
    ),
    actors: sorted(
      Array.from(actors.count, (count, i) => {
        const value = values[actors.value[i] ?? -1]
        return [name(actors.series[i]), code(actors.code[i]), actors.slot[i], value, count]
      }),
    ),
    pastCap: sorted(Array.from(pastCap.slot, (slot, i) => [name(pastCap.series[i]), slot])),
    reads: sorted(
      Array.from(reads, (count, i) => [name(i), count]).filter(([, count]) => count !== 0),
    ),
  }
}

const someCalls = fc.array(anyCall, { maxLength: 15 })
const partial = someCalls.map(counted)

describe('merge', () => {
  it('does not mind the order', () => {
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        expect(contentOf(merge(a, b))).toEqual(contentOf(merge(b, a)))
      }),
      { seed: 1 },
    )
  })

  it('does not mind the grouping', () => {
    fc.assert(
      fc.property(partial, partial, partial, (a, b, c) => {
        expect(contentOf(merge(merge(a, b), c))).toEqual(contentOf(merge(a, merge(b, c))))
      }),
      { seed: 2 },
    )
  })

  it('gives what counting everything at once gives', () => {
    fc.assert(
      fc.property(someCalls, someCalls, (a, b) => {
        expect(contentOf(merge(counted(a), counted(b)))).toEqual(contentOf(counted([...a, ...b])))
      }),
      { seed: 3 },
    )
  })

  it('refuses partials that were counted by different rules', () => {
    const other = countCalls(tableOf([]), null, { ...RULES, cap: 3 })
    expect(() => merge(counted([]), other)).toThrow('one rule')
  })
})

describe('countCalls', () => {
  it('sums to the number of calls', () => {
    fc.assert(
      fc.property(someCalls, (calls) => {
        const { cells } = counted(calls)
        expect(cells.count.reduce((sum, count) => sum + count, 0)).toBe(calls.length)
      }),
      { seed: 4 },
    )
  })

  it('leaves rows out, or makes their values known without counting them', () => {
    const calls = ['alice', 'bob', 'carol'].map((identity) => aCall({ identity }))
    const fates = Uint8Array.of(FATES.count, FATES.name, FATES.leave)
    const { cells, actors, values } = countCalls(tableOf(calls), fates, RULES)
    expect([...cells.count]).toEqual([1])
    const identities = Array.from(actors.count, (count, i) => [
      ACTOR_KINDS[kindOfSlot(actors.slot[i] ?? 0)],
      values[actors.value[i] ?? -1],
      count,
    ]).filter(([kind]) => kind === 'identity')
    expect(identities).toEqual([
      ['identity', 'alice', 1],
      ['identity', 'bob', 0],
    ])
  })

  it('drops the actors of a window past the cap over all its codes, and only those', () => {
    const calls = ['a', 'b', 'c'].map((identity, i) =>
      aCall({ identity, errorCode: i === 0 ? 'AccessDenied' : null }),
    )
    const later = aCall({ identity: 'a', timeMs: MIDNIGHT_MS + 300_000 })
    const { actors, pastCap } = counted([...calls, later])
    expect([...pastCap.slot].map((slot) => minuteOfSlot(slot, 5))).toEqual([MIDNIGHT_MS / 60_000])
    const kept = [...actors.slot].map((slot) => [kindOfSlot(slot), minuteOfSlot(slot, 5)])
    const minute = MIDNIGHT_MS / 60_000
    expect(kept).toContainEqual([0, minute + 5])
    expect(kept).toContainEqual([1, minute])
    expect(kept).not.toContainEqual([0, minute])
  })
})
