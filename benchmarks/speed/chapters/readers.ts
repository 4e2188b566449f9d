import type { Bench } from '../bench/bench.ts'
import type { Entrant } from '../measure/interleaved.ts'
import type { Task } from '../measure/sample.ts'
import type { Trail } from '../trail/write-trail.ts'

export const TITLES = {
  gunzip: 'gunzip alone',
  ours: 'offtrail: read + count, 1 thread',
  twoWorkers: 'offtrail: read + count, 2 workers',
  jsonParse: 'gunzip + JSON.parse + count',
  struct: 'DuckDB, typed columns, 1 thread',
  objects: 'DuckDB, objects, 1 thread',
  clickhouse: 'ClickHouse, 1 thread',
  native: 'C++: libdeflate + simdjson, 1 thread',
} as const

/** As many as give jq something to do for a second. */
const JQ_FILES = 60

/** Everybody who can count a trail on this machine. */
export function entrantsOf(
  { peers, hasWorkers, isFull, scratch }: Bench,
  { folder, files }: Trail,
): readonly Entrant[] {
  const entrant = (title: string, name: string, task: Partial<Task> = {}): Entrant => ({
    ...{ title, name },
    task: { folder, threads: 1, scratch, ...task },
  })
  const only = (isThere: boolean, ...entrants: readonly Entrant[]) => (isThere ? entrants : [])
  const two = { threads: 2 }
  const sample = { sizes: { files: JQ_FILES } }
  const chdb = peers.clickhouse ?? ''
  return [
    entrant(TITLES.gunzip, 'gunzip'),
    entrant(TITLES.ours, 'count'),
    ...only(hasWorkers, entrant(TITLES.twoWorkers, 'count', two)),
    entrant(TITLES.jsonParse, 'json-parse'),
    entrant(TITLES.struct, 'duckdb-struct'),
    entrant(TITLES.objects, 'duckdb-objects'),
    ...only(
      isFull,
      entrant('DuckDB, typed columns, 2 threads', 'duckdb-struct', two),
      entrant('DuckDB, objects, 2 threads', 'duckdb-objects', two),
    ),
    ...only(
      peers.clickhouse !== null,
      entrant(TITLES.clickhouse, 'clickhouse', { scratch: chdb }),
      entrant('ClickHouse, 2 threads', 'clickhouse', { scratch: chdb, ...two }),
    ),
    ...only(
      peers.native !== null,
      entrant(TITLES.native, 'native', { scratch: peers.native ?? '' }),
    ),
    ...only(
      peers.jq && files > JQ_FILES,
      { ...entrant('jq, on the first files', 'jq', sample), once: true },
      { ...entrant('JSON.parse, on the same', 'json-parse', sample), once: true },
    ),
  ]
}
