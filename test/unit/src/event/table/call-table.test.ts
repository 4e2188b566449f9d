import { describe, expect, it } from 'vitest'
import { CallTableBuilder, NO_VALUE } from '../../../../../src/event/table/call-table.ts'
import { ID_WORDS, idText } from '../../../../../src/event/table/event-id.ts'
import { aCall, anId, MIDNIGHT_MS } from '../../../../support/small-files.ts'

const tableOf = (calls: readonly ReturnType<typeof aCall>[]) => {
  const builder = new CallTableBuilder()
  for (const call of calls) builder.add(call)
  return builder.build()
}

describe('CallTableBuilder', () => {
  it('keeps every field of a call, its time to the second', () => {
    const call = aCall({
      timeMs: MIDNIGHT_MS + 61_999,
      errorCode: 'AccessDenied',
      readOnly: true,
      resource: 'arn:aws:s3:::bucket',
      eventId: '0123456789abcdefFEDCBA9876543210',
      replaces: anId(9),
    })
    const table = tableOf([call])
    const { account, region, category, eventSource, eventName } = call
    expect(table.length).toBe(1)
    expect(table.series).toEqual([{ account, region, category, eventSource, eventName }])
    expect(table.codes[table.pairs.code[table.pair[0] ?? -1] ?? -1]).toBe('AccessDenied')
    expect(table.minute[0]).toBe(MIDNIGHT_MS / 60_000 + 1)
    expect(table.second[0]).toBe(1)
    expect(table.values[table.identity[0] ?? -1]).toBe(call.identity)
    expect(table.values[table.agent[0] ?? -1]).toBe('terraform')
    expect(table.values[table.resource[0] ?? -1]).toBe('arn:aws:s3:::bucket')
    expect(table.readOnly[0]).toBe(1)
    expect(idText(table.id, 0)).toBe('0123456789abcdeffedcba9876543210')
    expect(table.replaces).toEqual(new Map([[0, anId(9)]]))
  })

  it('keeps apart series whose names only look alike when joined', () => {
    const table = tableOf([
      aCall({ eventSource: 'a', eventName: 'b\0c' }),
      aCall({ eventSource: 'a\0b', eventName: 'c' }),
      aCall({ eventSource: 'constructor', eventName: '__proto__' }),
    ])
    expect(table.series).toHaveLength(3)
    expect(new Set(table.pair).size).toBe(3)
  })

  it('counts success as code 0, whatever comes first, and never an empty code as success', () => {
    const table = tableOf([aCall({ errorCode: '' }), aCall(), aCall({ identity: null })])
    expect(table.codes).toEqual([null, ''])
    expect([...table.pair].map((pair) => table.pairs.code[pair])).toEqual([1, 0, 0])
    expect(table.identity[2]).toBe(NO_VALUE)
  })

  it('grows without losing a row, at less than 80 bytes a call', () => {
    const calls = Array.from({ length: 5000 }, (_, i) => aCall({ eventId: anId(i) }))
    const table = tableOf(calls)
    expect(table.length).toBe(5000)
    for (const row of [0, 63, 64, 96, 4999])
      expect(idText(table.id, row * ID_WORDS)).toBe(anId(row))
    const columns = [table.pair, table.minute, table.second, table.identity, table.agent]
    const all = [...columns, table.resource, table.readOnly, table.id]
    const memory = new Set(all.map(({ buffer }) => buffer))
    const held = [...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(held / table.length).toBeLessThan(80)
  })
})
