import { join } from 'node:path'
import type { Outcome, Task } from '../measure/sample.ts'

const FIELDS = {
  eventTime: 'TIMESTAMP',
  eventSource: 'VARCHAR',
  eventName: 'VARCHAR',
  awsRegion: 'VARCHAR',
  recipientAccountId: 'VARCHAR',
  errorCode: 'VARCHAR',
} as const
/** More than any file has. */
const OBJECT_BYTES = 2 ** 26

/** DuckDB with typed columns: its better form for small files. */
export async function duckdbStruct({ folder, threads }: Task): Promise<Outcome> {
  const fields = Object.entries(FIELDS).map(([name, type]) => `${name} ${type}`)
  return ask(
    `SELECT unnest("Records") r FROM read_json('${join(folder, '**/*.json.gz')}',
     columns = {Records: 'STRUCT(${fields.join(', ')})[]'}, maximum_object_size = ${OBJECT_BYTES})`,
    threads,
  )
}

/** DuckDB that reads objects and takes them apart itself: its better form for large files. */
export async function duckdbObjects({ folder, threads }: Task): Promise<Outcome> {
  return ask(
    `SELECT unnest(from_json(json->'Records', '[${JSON.stringify(FIELDS)}]')) r
     FROM read_json_objects('${join(folder, '**/*.json.gz')}', format = 'unstructured',
     maximum_object_size = ${OBJECT_BYTES})`,
    threads,
  )
}

async function ask(records: string, threads: number): Promise<Outcome> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  const connection = await instance.connect()
  const answer = await connection.runAndReadAll(
    `SELECT sum(n)::DOUBLE events, count(*)::DOUBLE cells, sum(n * n)::DOUBLE squares FROM
     (SELECT count(*) n FROM (${records}) GROUP BY r.recipientAccountId, r.awsRegion,
      r.eventSource, r.eventName, r.errorCode, epoch_ms(r.eventTime) // 300000)`,
  )
  const [row] = answer.getRowObjects()
  const number = (name: string) => Number(row?.[name])
  return {
    digest: { events: number('events'), cells: number('cells'), squares: number('squares') },
  }
}
