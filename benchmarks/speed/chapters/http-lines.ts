import type { Row } from '../measure/interleaved.ts'
import { figure, rate, type Table } from '../report/table.ts'
import type { Target } from '../report/target.ts'

/** Pages a second, beside each other. */
export function rateTable(rows: readonly Row[]): Table {
  return {
    columns: ['server', 'pages/s', 'CPU us/page', 'p50 ms', 'p99 ms', 'answers'],
    rows: rows.map(({ title, failure, figures }) =>
      failure !== null
        ? [`${title}: ${failure}`]
        : [
            ...[title, rate(figures['perSecond'])],
            ...['cpuUs', 'p50', 'p99'].map((name) => figure(figures[name])),
            ...[whole(figures['answers'])],
          ],
    ),
  }
}

export function rateTargets(ours: Row, bare: Row): readonly Target[] {
  return [
    {
      ...{ what: 'pages a second beside a bare route', limit: 0.5, bound: 'least', unit: 'times' },
      measured: ratio(ours, bare, 'perSecond'),
    },
    wrongTarget([ours, bare]),
  ]
}

/** Times of pages and of `/livez`, beside each other. */
export function besideTable(rows: readonly Row[]): Table {
  return {
    columns: ['asked', 's', 'pages', 'p50 ms', 'p99 ms', '/livez', 'p50 ms', 'p99 ms'],
    rows: rows.map(({ title, failure, figures }) =>
      failure !== null
        ? [`${title}: ${failure}`]
        : [
            ...[title, figure(figures['seconds']), whole(figures['pages'])],
            ...[figure(figures['pageP50']), figure(figures['pageP99'])],
            ...[whole(figures['lives']), figure(figures['liveP50']), figure(figures['liveP99'])],
          ],
    ),
  }
}

interface Beside {
  readonly beside: Row
  readonly inTurn: Row
  readonly without: Row
  readonly slow: Row
}

export function besideTargets({ beside, inTurn, without, slow }: Beside): readonly Target[] {
  const most = (what: string, limit: number, measured: number): Target => ({
    ...{ what, limit, bound: 'most', unit: 'times', measured },
  })
  const pageToLive = ({ figures }: Row) =>
    (figures['pageP99'] ?? Number.NaN) / (figures['liveP99'] ?? Number.NaN)
  return [
    most('p99 of pages beside /livez during a run, side by side', 3, pageToLive(beside)),
    most('p99 of pages beside /livez during a run, in turn', 3, pageToLive(inTurn)),
    most('p99 of pages with slow sockets beside without', 2, ratio(slow, without, 'pageP99')),
    most('p99 of /livez with slow sockets beside without', 2, ratio(slow, without, 'liveP99')),
    wrongTarget([beside, inTurn, without, slow]),
  ]
}

/** NaN, and so a miss, where one of them failed. */
function ratio(row: Row, other: Row, name: string): number {
  return (row.figures[name] ?? Number.NaN) / (other.figures[name] ?? Number.NaN)
}

/** A count, of which a median may be a half. */
const whole = (count = Number.NaN) => count.toFixed(0)

/** A row fails where an answer is not 200, has other bytes, or does not come. */
function wrongTarget(rows: readonly Row[]): Target {
  const failed = rows.filter(({ failure }) => failure !== null)
  return {
    what: 'rows with a wrong answer',
    limit: 0,
    bound: 'most',
    unit: '',
    measured: failed.length,
  }
}
