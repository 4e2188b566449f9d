import { typicalFiles } from '../../shapes.ts'
import type { Bench } from '../bench/bench.ts'
import { interleaved } from '../measure/interleaved.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure, rate } from '../report/table.ts'

/** What writing and reading counts costs, beside the plain table anyone would begin with. */
export function store(bench: Bench): Chapter {
  const trail = bench.trail('typical', typicalFiles(bench.scale))
  const task = { folder: trail.folder, threads: 1, scratch: bench.scratch }
  const rows = interleaved(
    [
      { title: 'offtrail: duplicates, counts, actors', name: 'store-ours', task },
      { title: 'peer: SQLite rows (minute, series)', name: 'store-rows', task },
    ],
    Math.min(bench.rounds, 3),
  )
  return {
    title: 'Store',
    notes: [
      'The tables of all files, read beforehand, a transaction a file; then the minutes of one series of all days, 200 times.',
      'Ours also knows duplicates again and who called; the peer counts calls only.',
    ],
    tables: [
      {
        columns: ['store', 'CPU s', 'us/event', 'rows/CPU s', 'MB', 'read ms', 'read p99 ms'],
        rows: rows.map(({ title, failure, cpuSeconds, figures }) =>
          failure !== null
            ? [`${title}: ${failure}`]
            : [
                ...[title, figure(cpuSeconds), figure((cpuSeconds / trail.digest.events) * 1e6)],
                ...[rate(figures['rowsPerSecond']), figure(figures['storeMb'])],
                ...[figure(figures['readMs']), figure(figures['slowest'])],
              ],
        ),
      },
    ],
    targets: [],
    measured: { trail, rows },
  }
}
