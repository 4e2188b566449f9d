import { type Expression, type SqlBool, sql } from 'kysely'
import type { Insight } from '../../../insight/insight.ts'
import type {
  InsightFilter,
  InsightOrder,
  InsightRevision,
  InsightTally,
  StandingInsight,
  StoreReader,
} from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { jsonFrom } from '../names/stored-json.ts'
import { textTo } from '../names/stored-text.ts'
import { build, run } from '../query.ts'
import type { InsightTable } from '../tables.ts'
import { cursorFrom, pageOf } from './cursor.ts'

/** Insights as they stand. */
export function insightsOf(
  db: Db,
): Pick<
  StoreReader,
  'insights' | 'insightById' | 'insightChanges' | 'lastChange' | 'insightTallies' | 'standing'
> {
  return {
    insights(filter, order, { limit, after }) {
      const { column, direction } = ORDERS[order]
      let query = build
        .selectFrom('insight')
        .selectAll()
        .where(matchesAll(filter))
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(limit + 1)
      if (after !== null) {
        const [value = 0, id = ''] = cursorFrom(after, 2)
        const than = sql.raw(direction === 'asc' ? '>' : '<')
        query = query.where(sql<SqlBool>`(${sql.ref(column)}, id) ${than} (${value}, ${id})`)
      }
      const { rows, next } = pageOf(run(db, query), limit, (row) => [row[column], row.id])
      return { rows: rows.map(revisionFrom), next }
    },
    insightChanges(filter, after, limit) {
      const query = build
        .selectFrom('insight')
        .selectAll()
        .where(matchesAll(filter))
        .where('change', '>', after)
        .orderBy('change', 'asc')
        .limit(limit)
      return run(db, query).map((row) => ({ ...revisionFrom(row), change: row.change }))
    },
    standing: () => prepared(db, STANDING).all() as StandingInsight[],
    insightTallies: () => prepared(db, TALLIES).all() as InsightTally[],
    lastChange: () => Number(plucked(db, 'SELECT coalesce(max(change), 0) FROM insight').get()),
    insightById(id) {
      const row = prepared(db, 'SELECT * FROM insight WHERE id = ?').get(id)
      return row === undefined ? undefined : revisionFrom(row as InsightTable)
    },
  }
}

/** What insights had not in every schema. */
const UNKNOWN_BEFORE = { aggregate: null, unconfirmedLevel: false }

/** A row as it is shown. */
export function revisionFrom({ body, revision, status }: InsightTable): InsightRevision {
  return {
    // Schema 1 knew no aggregates, and no levels.
    insight: {
      ...UNKNOWN_BEFORE,
      ...(jsonFrom(body) as Omit<Insight, keyof typeof UNKNOWN_BEFORE>),
    },
    revision,
    status: status === 'retracted' ? 'retracted' : 'final',
  }
}

const STANDING = `SELECT id, state, insight_type AS insightType, incident FROM insight
  WHERE status = 'final'`
const TALLIES = `SELECT insight_type AS insightType, direction, state, severity, count(*) AS count
  FROM insight WHERE status = 'final' GROUP BY insight_type, direction, state, severity`
const ORDERS: Readonly<
  Record<InsightOrder, { column: 'start_ms' | 'severity' | 'score'; direction: 'asc' | 'desc' }>
> = {
  startTime: { column: 'start_ms', direction: 'asc' },
  '-startTime': { column: 'start_ms', direction: 'desc' },
  severity: { column: 'severity', direction: 'asc' },
  '-severity': { column: 'severity', direction: 'desc' },
  score: { column: 'score', direction: 'asc' },
  '-score': { column: 'score', direction: 'desc' },
}

/** The condition that an insight passes a filter. */
export function matchesAll(filter: InsightFilter): Expression<SqlBool> {
  const { fromMs, untilMs, minSeverity, minScore, retracted } = filter
  const parts = [...oneOf(filter)]
  if (fromMs !== undefined) parts.push(sql<SqlBool>`(end_ms is null or end_ms > ${fromMs})`)
  if (untilMs !== undefined) parts.push(sql<SqlBool>`start_ms < ${untilMs}`)
  if (minSeverity !== undefined) parts.push(sql<SqlBool>`severity >= ${minSeverity}`)
  if (minScore !== undefined) parts.push(sql<SqlBool>`score >= ${minScore}`)
  if (retracted !== true) parts.push(sql<SqlBool>`status = 'final'`)
  return sql<SqlBool>`${sql.join([sql`true`, ...parts], sql` and `)}`
}

function oneOf(filter: InsightFilter): readonly Expression<SqlBool>[] {
  const wanted = [
    ['account', filter.account],
    ['region', filter.region],
    ['category', filter.category],
    ['event_source', filter.eventSource],
    ['event_name', filter.eventName],
    ['insight_type', filter.insightType],
    ['error_code', filter.errorCode],
    ['direction', filter.direction],
    ['state', filter.state],
    ['principal', filter.principal],
    ['incident', filter.incident],
  ] as const
  return wanted.flatMap(([column, values]) =>
    values === undefined
      ? []
      : [sql<SqlBool>`${sql.ref(column)} in (${sql.join(values.map(textTo))})`],
  )
}
