import { largeFiles, typicalFiles } from '../../shapes.ts'
import type { Bench } from '../bench/bench.ts'
import { interleaved, type Row } from '../measure/interleaved.ts'
import type { Chapter } from '../report/chapter.ts'
import { perEvent, raceTable, strayRows } from '../report/race-table.ts'
import type { Target } from '../report/target.ts'
import type { Trail } from '../trail/write-trail.ts'
import { entrantsOf, TITLES } from './readers.ts'

/** Counting trail files beside everybody who can, in two sizes of files. */
export function* reading(bench: Bench): Generator<Chapter> {
  yield read(bench, bench.trail('typical', typicalFiles(bench.scale)), { parse: 3.5 })
  yield read(bench, bench.trail('large', largeFiles(bench.scale)), { parse: 4.5 })
}

function read(bench: Bench, trail: Trail, asked: { readonly parse: number }): Chapter {
  const rows = interleaved(entrantsOf(bench, trail), bench.rounds)
  const ours = rows.find(({ title }) => title === TITLES.ours) as Row
  const { digest, files, rawBytes, storedBytes } = trail
  const [raw, stored] = [rawBytes, storedBytes].map((bytes) => (bytes / digest.events).toFixed(0))
  const megabytes = (rawBytes / files / 1e6).toFixed(2)
  return {
    title: `Reading, ${trail.name} files`,
    notes: [
      `${digest.events} events in ${files} files of ${megabytes} MB on average; ${raw} bytes an event, ${stored} stored.`,
    ],
    tables: [raceTable(rows, { digest, ours })],
    targets: targetsOf(rows, trail, asked),
    measured: { trail, rows },
  }
}

function targetsOf(
  rows: readonly Row[],
  trail: Trail,
  asked: { readonly parse: number },
): readonly Target[] {
  const rowOf = (title: string) => rows.find((row) => row.title === title && row.failure === null)
  const cost = (...titles: readonly string[]) =>
    Math.min(
      ...titles.map((title) => {
        const row = rowOf(title)
        return row === undefined ? Number.POSITIVE_INFINITY : perEvent(row, trail)
      }),
    )
  const ours = cost(TITLES.ours)
  const times = (what: string, limit: number, measured: number): Target => ({
    ...{ what, limit, measured, bound: 'least', unit: 'times as fast' },
  })
  const { clickhouse, native, twoWorkers } = TITLES
  const wall = (title: string) => rowOf(title)?.wallSeconds ?? Number.NaN
  return [
    times('than gunzip + JSON.parse + count', asked.parse, cost(TITLES.jsonParse) / ours),
    times("than the better of DuckDB's forms", 3.2, cost(TITLES.struct, TITLES.objects) / ours),
    ...(rowOf(clickhouse) ? [times('than ClickHouse', 1.7, cost(clickhouse) / ours)] : []),
    ...(rowOf(native)
      ? [
          {
            ...{ what: 'CPU of C++ (libdeflate + simdjson)', limit: 1.45, unit: 'times' },
            ...{ bound: 'most' as const, measured: ours / cost(native) },
          },
        ]
      : []),
    ...(rowOf(twoWorkers)
      ? [times('with 2 workers, by the clock', 1.6, wall(TITLES.ours) / wall(twoWorkers))]
      : []),
    {
      ...{ what: 'contenders that fail or count something else', limit: 0, unit: '' },
      ...{ bound: 'most', measured: strayRows(rows, trail.digest).length },
    },
  ]
}
