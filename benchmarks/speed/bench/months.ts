import { month, strangers } from '../../shapes.ts'
import { type Entrant, interleaved, type Row } from '../measure/interleaved.ts'
import type { Trail } from '../trail/write-trail.ts'
import type { Bench, Months } from './bench.ts'

/** The parts of a run that are told apart. */
export const PARTS = ['reading', 'writes', 'scoring', 'insights'] as const
export const TIMES = [1, 4, 16] as const
/** The month that is looked at closely. */
export const CLOSE = 4

/** Measures them, interleaved. */
export function measureMonths(bench: Bench): Months {
  const { scale, scratch, hasWorkers } = bench
  const trails = TIMES.map((times) => bench.trail(`month-${times}`, month(scale, times)))
  const strange = bench.trail('strangers', strangers(scale, CLOSE))
  const runOf = (trail: Trail, threads = 1): Entrant => ({
    title: `run, ${trail.digest.events} events${threads > 1 ? `, ${threads} workers` : ''}`,
    name: 'run',
    task: { folder: trail.folder, threads, scratch, sizes: { again: 1 } },
  })
  const close = trails[TIMES.indexOf(CLOSE)] as Trail
  const entrants: Entrant[] = [
    { title: 'count', name: 'count', task: { folder: close.folder, threads: 1 } },
    ...trails.map((trail) => runOf(trail)),
    runOf(strange),
    {
      title: 'scheduled',
      name: 'scheduled-run',
      task: { folder: close.folder, threads: 1, scratch },
    },
    ...(hasWorkers ? [runOf(close, 2)] : []),
  ]
  const rows = interleaved(entrants, Math.min(bench.rounds, scale.monthRounds))
  const at = (place: number) => rows[place] as Row
  return {
    count: at(0),
    runs: TIMES.map((times, place) => ({
      times,
      trail: trails[place] as Trail,
      run: at(place + 1),
    })),
    strangers: { times: CLOSE, trail: strange, run: at(4) },
    scheduled: at(5),
    twoWorkers: rows[6] ?? null,
  }
}
