import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Outcome, Task } from '../measure/sample.ts'

const COLUMNS =
  'Records Array(Tuple(eventTime String, eventSource String, eventName String, awsRegion String, ' +
  'recipientAccountId String, errorCode Nullable(String)))'

/** ClickHouse inside this process (chDB), in its fastest form. `scratch`: where chdb was installed. */
export function clickhouse({ folder, threads, scratch = '' }: Task): Outcome {
  const { query } = createRequire(join(scratch, 'package.json'))('chdb') as {
    query: (sql: string, format: string) => string
  }
  const answer = query(
    `SELECT toUInt32(sum(n)) events, toUInt32(count()) cells, toUInt32(sum(n * n)) squares FROM
     (SELECT count() n FROM (SELECT arrayJoin(Records) r FROM
       file('${join(folder, '**/*.json.gz')}', 'JSONEachRow', '${COLUMNS}'))
      GROUP BY r.recipientAccountId, r.awsRegion, r.eventSource, r.eventName, r.errorCode,
        intDiv(toUnixTimestamp(parseDateTimeBestEffort(r.eventTime)), 300))
     SETTINGS input_format_skip_unknown_fields = 1, max_threads = ${threads}`,
    'JSONEachRow',
  )
  return { digest: JSON.parse(String(answer)) }
}
