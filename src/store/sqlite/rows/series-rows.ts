import { type Expression, type SqlBool, sql } from 'kysely'
import type { Category } from '../../../event/api-call.ts'
import type { SeriesFilter, SeriesRow, StoreReader } from '../../store.ts'
import type { PendingChanges } from '../counts/delta.ts'
import { type Pending, totalsOf } from '../counts/pending.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import { build, run } from '../query.ts'
import type { SeriesTable } from '../tables.ts'
import { cursorFrom, pageOf } from './cursor.ts'

/** Series, in order of account, Region, category, source and name. */
export function seriesOf(
  db: Db,
  pending: Pending,
): Pick<StoreReader, 'series' | 'seriesById' | 'seriesByRef'> {
  return {
    series(filter, { limit, after }) {
      let query = build
        .selectFrom('series')
        .selectAll('series')
        .where(matches(filter))
        .limit(limit + 1)
      for (const column of SERIES_ORDER) query = query.orderBy(`series.${column}`)
      if (after !== null) query = query.where(isAfter(cursorFrom(after, SERIES_ORDER.length)))
      const { rows, next } = pageOf(run(db, query), limit, placeOfSeries)
      const changes = pending.all()
      return { rows: rows.map((row) => seriesFrom(row, changes)), next }
    },
    seriesById(id) {
      const row = prepared(db, 'SELECT * FROM series WHERE id = ?').get(id)
      return row === undefined ? undefined : seriesFrom(row as SeriesTable, pending.all())
    },
    seriesByRef(ref) {
      const row = prepared(db, 'SELECT * FROM series WHERE ref = ?').get(ref)
      return row === undefined ? undefined : seriesFrom(row as SeriesTable, pending.all())
    },
  }
}

/** What series are ordered by. */
export const SERIES_ORDER = ['account', 'region', 'category', 'event_source', 'event_name'] as const

/** A row's place in that order. */
export function placeOfSeries(row: SeriesTable): readonly string[] {
  return SERIES_ORDER.map((column) => row[column])
}

function isAfter(place: readonly (string | number)[]): Expression<SqlBool> {
  const columns = SERIES_ORDER.map((column) => sql.ref(`series.${column}`))
  return sql<SqlBool>`(${sql.join(columns)}) > (${sql.join([...place])})`
}

/** The condition a filter puts on the `series` table. */
export function matches(filter: SeriesFilter): Expression<SqlBool> {
  const wanted = [
    ['account', filter.account],
    ['region', filter.region],
    ['category', filter.category],
    ['event_source', filter.eventSource],
    ['event_name', filter.eventName],
  ] as const
  const parts = wanted.flatMap(([column, values]) =>
    values === undefined
      ? []
      : [sql<SqlBool>`${sql.ref(`series.${column}`)} in (${sql.join(values.map(textTo))})`],
  )
  return sql<SqlBool>`${sql.join([sql`true`, ...parts], sql` and `)}`
}

/** A series with what is pending added to its totals. */
export function seriesFrom(row: SeriesTable, pending: PendingChanges): SeriesRow {
  const changes = pending.get(row.ref)
  const more = changes === undefined ? null : totalsOf(changes)
  return {
    ref: row.ref,
    id: row.id,
    account: textFrom(row.account),
    region: textFrom(row.region),
    category: textFrom(row.category) as Category,
    eventSource: textFrom(row.event_source),
    eventName: textFrom(row.event_name),
    calls: row.calls + (more?.calls ?? 0),
    errors: row.errors + (more?.errors ?? 0),
    reads: row.reads + (more?.reads ?? 0),
    firstMinute: Math.min(
      row.first_minute ?? Number.POSITIVE_INFINITY,
      more?.firstMinute ?? Number.POSITIVE_INFINITY,
    ),
    lastMinute: Math.max(row.last_minute ?? 0, more?.lastMinute ?? 0),
  }
}
