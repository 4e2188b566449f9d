import { isAscii } from 'node:buffer'
import type { Outcome, Task } from '../measure/sample.ts'
import { CellCounts } from '../trail/digest.ts'
import { inflated } from './gunzip.ts'
import { trailPaths } from './trail-paths.ts'

/** What is read of a record. */
interface RecordFields {
  readonly recipientAccountId: string
  readonly awsRegion: string
  readonly eventSource: string
  readonly eventName: string
  readonly errorCode?: string
  readonly eventTime: string
}

/** What anyone would write, at its best: inflate at once, a one-byte string where that is possible, `JSON.parse`, a map. */
export function jsonParse({ folder, sizes }: Task): Outcome {
  const cells = new CellCounts()
  for (const path of trailPaths(folder).slice(0, sizes?.['files'])) {
    const bytes = inflated(path)
    const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
    for (const record of JSON.parse(text).Records as readonly RecordFields[])
      cells.add(keyOf(record))
  }
  return { digest: cells.digest() }
}

function keyOf(record: RecordFields): string {
  const { recipientAccountId, awsRegion, eventSource, eventName, errorCode, eventTime } = record
  const slot = `${eventTime.slice(0, 14)}${Math.floor(Number(eventTime.slice(14, 16)) / 5)}`
  return `${recipientAccountId} ${awsRegion} ${eventSource} ${eventName} ${errorCode} ${slot}`
}
