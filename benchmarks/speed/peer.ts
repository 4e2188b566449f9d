import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** What anyone would write: gunzip, `JSON.parse`, count. Gives the number of different counts. */
export function parseAndCount(paths: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const { Records } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))
    for (const record of Records) {
      const key = `${record.recipientAccountId} ${record.awsRegion} ${record.eventSource} ${record.eventName} ${record.errorCode} ${record.eventTime.slice(0, 16)}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts.size
}
