import { sql } from 'kysely'
import { recordId } from '../../../insight/identity.ts'
import type { InsightMoment, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { build, run } from '../query.ts'
import type { InsightTable } from '../tables.ts'
import { cursorFrom, pageOf } from './cursor.ts'
import { matchesAll, revisionFrom } from './insights.ts'

/** A row of an insight at its start or its end. */
type MomentRow = InsightTable & { readonly at_ms: number; readonly ended: 0 | 1 }

const STATES = ['Start', 'End'] as const

/** Starts and ends of insights as they stand. */
export function momentsOf(db: Db): Pick<StoreReader, 'moments' | 'momentById'> {
  return {
    moments(filter, { fromMs, untilMs }, { limit, after }) {
      const place = after === null ? null : cursorFrom(after, 3)
      const older =
        place === null
          ? sql`true`
          : sql`(at_ms, id, ended) < (${place[0]}, ${place[1]}, ${place[2]})`
      const matches = matchesAll(filter)
      const query = sql<MomentRow>`
        select insight.*, moment.at_ms, moment.ended from (
          select id, start_ms as at_ms, 0 as ended from insight where ${matches}
          union all
          select id, end_ms as at_ms, 1 as ended from insight where ${matches} and end_ms is not null
        ) as moment join insight using (id)
        where at_ms between ${fromMs} and ${untilMs} and ${older}
        order by at_ms desc, id desc, ended desc limit ${limit + 1}`
      const found = run<MomentRow>(db, { compile: () => query.compile(build) })
      const { rows, next } = pageOf(found, limit, (row) => [row.at_ms, row.id, row.ended])
      return { rows: rows.map(momentFrom), next }
    },
    momentById(eventId) {
      const ids = prepared(db, "SELECT id FROM insight WHERE status = 'final'").all() as {
        readonly id: string
      }[]
      for (const { id } of ids) {
        const state = STATES.find((each) => recordId(id, each) === eventId)
        if (state === undefined) continue
        const row = prepared(db, 'SELECT * FROM insight WHERE id = ?').get(id) as InsightTable
        const { startMs, endMs } = revisionFrom(row).insight
        const atMs = state === 'Start' ? startMs : endMs
        return atMs === null ? undefined : { insight: revisionFrom(row).insight, state, atMs }
      }
      return undefined
    },
  }
}

function momentFrom(row: MomentRow): InsightMoment {
  const { insight } = revisionFrom(row)
  return { insight, state: STATES[row.ended], atMs: row.at_ms }
}
