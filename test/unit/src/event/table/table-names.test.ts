import { describe, expect, it } from 'vitest'
import { CallTableBuilder } from '../../../../../src/event/table/call-table.ts'
import { TableNames } from '../../../../../src/event/table/table-names.ts'
import { rowsOf } from '../../../../support/call-rows.ts'
import { aCall } from '../../../../support/small-files.ts'

describe('TableNames', () => {
  const first = [aCall({ errorCode: 'x' }), aCall({ userAgent: 'b' }), aCall()]
  const second = [aCall({ identity: null, userAgent: 'b' }), aCall({ eventName: 'y' })]
  const tableOf = (calls: readonly ReturnType<typeof aCall>[], names?: TableNames) => {
    const builder = new CallTableBuilder(names)
    for (const call of calls) builder.add(call)
    return builder.build()
  }

  it('leave nothing of one table in the next', () => {
    const names = new TableNames()
    for (const calls of [first, second, first, []])
      expect(tableOf(calls, names)).toEqual(tableOf(calls))
  })

  it('leave the tables they were used for as they are', () => {
    const names = new TableNames()
    const table = tableOf(first, names)
    tableOf(second, names)
    expect(rowsOf(table)).toEqual(rowsOf(tableOf(first)))
  })

  it('keep success at the first place of the codes', () => {
    const names = new TableNames()
    tableOf(first, names)
    expect(tableOf([aCall({ errorCode: 'x' })], names).codes).toEqual([null, 'x'])
  })
})
