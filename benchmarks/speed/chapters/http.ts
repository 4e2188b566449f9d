import { join } from 'node:path'
import { month } from '../../shapes.ts'
import type { Bench } from '../bench/bench.ts'
import { CLOSE } from '../bench/months.ts'
import { removeAt } from '../contenders/open-scratch.ts'
import { type Entrant, interleaved, type Row } from '../measure/interleaved.ts'
import type { Task } from '../measure/sample.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure } from '../report/table.ts'
import { besideTable, besideTargets, rateTable, rateTargets } from './http-lines.ts'

const SLOW_SOCKETS = 200

/** What the server answers, and how soon: beside a bare route, while a run writes, while slow clients hold on. */
export function* http(bench: Bench): Iterable<Chapter> {
  const store = join(bench.scratch, 'http.db')
  const { insights, seconds, slowSeconds } = bench.scale.http
  const trail = bench.trail(`month-${CLOSE}`, month(bench.scale, CLOSE))
  const entrant = (title: string, name: string, sizes: Task['sizes'] = {}): Entrant => ({
    ...{ title, name },
    task: { folder: trail.folder, threads: 1, store, scratch: bench.scratch, sizes },
  })
  const made = interleaved([entrant('the store', 'http-store', { insights })], 1)
  const rounds = Math.min(bench.rounds, 3)
  const size = `${insights} insights, ${figure(made[0]?.figures['storeMb'])} MB`
  yield rates(
    size,
    interleaved(
      [
        entrant('offtrail serve', 'http-rate-ours', { seconds }),
        entrant('peer: bare Fastify, the same bytes', 'http-rate-bare', { seconds }),
      ],
      rounds,
    ),
  )
  yield latencies(
    { events: trail.digest.events, slowSeconds },
    interleaved(
      [
        { ...entrant('side by side', 'http-beside-run'), once: !bench.isFull },
        { ...entrant('in turn', 'http-beside-run', { inTurn: 1 }), once: !bench.isFull },
        entrant('no slow sockets', 'http-beside-slow', { seconds: slowSeconds }),
        entrant(`${SLOW_SOCKETS} slow sockets`, 'http-beside-slow', {
          ...{ seconds: slowSeconds, slow: SLOW_SOCKETS },
        }),
      ],
      bench.isFull ? rounds : Math.min(rounds, 2),
    ),
  )
  removeAt(store)
}

function rates(size: string, rows: readonly Row[]): Chapter {
  const [ours, bare] = rows as readonly Row[] as readonly [Row, Row]
  return {
    title: 'HTTP: pages a second',
    notes: [
      `GET /v1/insights?limit=100 of ${size}; 10 clients on loopback, each asking again as soon as it is answered.`,
      'Server and clients are processes of their own; servers are started as anybody starts them. Loopback is not rate limited.',
    ],
    tables: [rateTable(rows)],
    targets: rateTargets(ours, bare),
    measured: { rows },
  }
}

function latencies(
  { events, slowSeconds }: { readonly events: number; readonly slowSeconds: number },
  rows: readonly Row[],
): Chapter {
  const [beside, inTurn, without, slow] = rows as readonly Row[] as readonly [Row, Row, Row, Row]
  return {
    title: 'HTTP: milliseconds to an answer',
    notes: [
      `The same page and /livez: while offtrail run counts and scores ${events} events into the same store, and, for ${slowSeconds} s each, without and with sockets that send a byte of a header every second.`,
      'Side by side: 2 clients ask for pages, 2 for /livez. In turn: one client asks both.',
      `Slow sockets: ${figure(slow.figures['held'])} of ${SLOW_SOCKETS} were open on average; the server cut off ${figure(slow.figures['cut'])}, which came again.`,
    ],
    tables: [besideTable(rows)],
    targets: besideTargets({ beside, inTurn, without, slow }),
    measured: { rows },
  }
}
