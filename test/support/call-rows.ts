import type { FileContext } from '../../src/event/api-call.ts'
import { ContentReader } from '../../src/event/framing/content-reader.ts'
import { Intake } from '../../src/event/intake.ts'
import type { CallTable } from '../../src/event/table/call-table.ts'
import { ID_WORDS, idText } from '../../src/event/table/event-id.ts'
import { type Takings, TakingsBuilder } from '../../src/event/table/takings.ts'

/** A table's rows with their texts in place: equal where two tables say the same, however they number things. */
export function rowsOf(table: CallTable): readonly object[] {
  const { pairs, series, codes, values } = table
  return Array.from({ length: table.length }, (_, row) => {
    const pair = table.pair[row] ?? -1
    return {
      series: series[pairs.series[pair] ?? -1],
      code: codes[pairs.code[pair] ?? -1],
      minute: table.minute[row],
      second: table.second[row],
      identity: values[table.identity[row] ?? -1] ?? null,
      agent: values[table.agent[row] ?? -1] ?? null,
      resource: values[table.resource[row] ?? -1] ?? null,
      readOnly: table.readOnly[row],
      id: idText(table.id, row * ID_WORDS),
      replaces: table.replaces.get(row) ?? null,
    }
  })
}

/** All that a file brings, in a form to compare. */
export function contentsOf(takings: Takings): object {
  const { calls, rejected, rejectedCounts, insights } = takings
  return { rows: rowsOf(calls), rejected, rejectedCounts: [...rejectedCounts], insights }
}

/** What the plain reader finds in some content: how it ends, and what it brings. */
export function readPlainly(bytes: Uint8Array, context: FileContext) {
  const takings = new TakingsBuilder()
  const reader = new ContentReader(new Intake(context, (reading) => takings.take(reading)))
  reader.push(bytes)
  reader.end()
  const { stop, framing, records } = reader
  return { code: stop?.code ?? null, framing, records, takings: takings.build() }
}
