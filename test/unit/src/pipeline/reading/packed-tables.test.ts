import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApiCall, FileReading } from '../../../../../src/event/api-call.ts'
import { TakingsBuilder } from '../../../../../src/event/table/takings.ts'
import type { TrailTable } from '../../../../../src/event/trail-reader.ts'
import { TablePacker, TableUnpacker } from '../../../../../src/pipeline/reading/packed-tables.ts'
import { contentsOf } from '../../../../support/call-rows.ts'

const DONE: FileReading = {
  ...{ outcome: 'done', code: null, message: null, framing: 'records', sha256: 'ab' },
  ...{ storedBytes: 1, inflatedBytes: 2, records: 3 },
}
const name = fc.constantFrom('a', 'b', 'c', 'd')
const call = fc.record({
  kind: fc.constant('call' as const),
  call: fc.record({
    ...{ account: name, region: name, eventSource: name, eventName: name },
    category: fc.constantFrom('Management' as const, 'Data' as const),
    timeMs: fc.nat(2 ** 31).map((second) => second * 1000),
    errorCode: fc.option(name),
    readOnly: fc.boolean(),
    identity: fc.option(name),
    userAgent: fc.option(name),
    resource: fc.option(name),
    eventId: fc.constantFrom(
      '00000000000040008000000000000001',
      'ffffffffffffffffffffffffffffffff',
    ),
    replaces: fc.option(fc.constant('00000000000040008000000000000002')),
  }),
})
const other = fc.constantFrom(
  { kind: 'insight' as const, record: {} },
  { kind: 'rejected' as const, code: 'TIME_MISSING' as const, account: null, sample: '{}' },
)
const table = fc.array(fc.oneof(call, other), { maxLength: 9 }).map((readings): TrailTable => {
  const takings = new TakingsBuilder()
  for (const reading of readings) takings.take(reading)
  return { file: DONE, takings: takings.build() }
})

const PLAIN: ApiCall = {
  ...{ account: 'a', region: 'r', category: 'Management', eventSource: 's', eventName: 'n' },
  ...{ timeMs: 0, errorCode: null, readOnly: true, identity: null, userAgent: null },
  ...{ resource: null, eventId: '0'.repeat(32), replaces: null },
}

describe('TablePacker', () => {
  it('is undone by TableUnpacker, order after order, also from another thread', () => {
    fc.assert(
      fc.property(fc.array(fc.array(table, { maxLength: 3 }), { maxLength: 3 }), (orders) => {
        const [packer, unpacker] = [new TablePacker(), new TableUnpacker()]
        for (const order of orders) {
          const unpacked = unpacker.unpack(structuredClone(packer.pack(order)))
          expect(unpacked.map(({ file }) => file)).toEqual(order.map(({ file }) => file))
          expect(unpacked.map(({ takings }) => contentsOf(takings))).toEqual(
            order.map(({ takings }) => contentsOf(takings)),
          )
        }
      }),
    )
  })

  it.each([
    ['many', 120_000, 0],
    ['long', 120, 100_000],
  ])('says every name once, until they are very %s', (_title, count, length) => {
    const [packer, unpacker] = [new TablePacker(), new TableUnpacker()]
    const agents = (count: number): TrailTable => {
      const takings = new TakingsBuilder()
      for (let at = 0; at < count; at++)
        takings.take({ kind: 'call', call: { ...PLAIN, userAgent: `${at}`.padStart(length) } })
      return { file: DONE, takings: takings.build() }
    }
    const many = agents(count)
    const first = packer.pack([many])
    unpacker.unpack(first)
    expect(first.isAnew).toBe(false)
    expect(first.fresh.values.length).toBe(count)
    const few = agents(3)
    const second = packer.pack([few])
    expect(second.isAnew).toBe(true)
    expect(second.fresh.values.length).toBeLessThan(10)
    expect(contentsOf(unpacker.unpack(second)[0]?.takings ?? few.takings)).toEqual(
      contentsOf(few.takings),
    )
    expect(packer.pack([few]).fresh.values).toEqual([])
  })

  it('leaves out the calls of a file that failed', () => {
    const [failed] = fc.sample(table, 1) as [TrailTable]
    const packed = new TablePacker().pack([{ ...failed, file: { ...DONE, outcome: 'failed' } }])
    expect(packed.words.length).toBe(1)
    expect(packed.files[0]).toMatchObject({ length: 0, file: { outcome: 'failed' } })
  })
})
