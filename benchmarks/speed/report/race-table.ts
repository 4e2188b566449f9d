import type { Row } from '../measure/interleaved.ts'
import { type Digest, isSame } from '../trail/digest.ts'
import { figure, type Table } from './table.ts'

/** What the rows of a race are held against. */
export interface Race {
  /** What is in the trail. */
  readonly digest: Digest
  /** The row that the others are told as multiples of. */
  readonly ours: Row
}

/** CPU microseconds an event; of its own events where it counted fewer. */
export function perEvent({ cpuSeconds, digest }: Row, race: Pick<Race, 'digest'>): number {
  return (cpuSeconds / (digest?.events ?? race.digest.events)) * 1e6
}

/** Contenders beside each other: medians, and how many times our CPU they take for an event. */
export function raceTable(rows: readonly Row[], race: Race): Table {
  const base = perEvent(race.ours, race)
  return {
    columns: [
      'contender',
      'CPU s',
      'us/event',
      'k events/CPU s',
      'x ours',
      'wall s',
      'start s',
      'peak MB',
      'counts',
    ],
    rows: rows.map((row) => {
      if (row.failure !== null) return [`${row.title}: ${row.failure}`]
      const cost = perEvent(row, race)
      return [
        row.title,
        ...[row.cpuSeconds, cost, 1000 / cost, cost / base].map(figure),
        ...[row.wallSeconds, row.startSeconds, row.peakMb].map(figure),
        verdict(row.digest, race.digest),
      ]
    }),
  }
}

/** Rows that failed, or that counted something else than is there. Where a sample was counted, the last row says what is in it. */
export function strayRows(rows: readonly Row[], meant: Digest): readonly Row[] {
  const sampled = rows.filter(({ digest }) => digest !== null && digest.events < meant.events)
  const sample = sampled.at(-1)?.digest ?? meant
  return rows.filter(
    ({ digest, failure }) =>
      failure !== null || (digest !== null && !isSame(digest, meant) && !isSame(digest, sample)),
  )
}

function verdict(digest: Digest | null, meant: Digest): string {
  if (digest === null) return '-'
  if (isSame(digest, meant)) return 'equal'
  return digest.events < meant.events ? `of ${digest.events}` : 'WRONG'
}
