import type { Insight } from '../../../insight/insight.ts'
import { canonicalJson } from '../../canonical-json.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { textTo } from '../names/stored-text.ts'
import type { InsightTable } from '../tables.ts'

/** How many insights came, changed (or came back) and went. */
export interface InsightChange {
  readonly added: number
  readonly changed: number
  readonly retracted: number
}

/** Makes an account's insights equal to these. What differs gets another revision; nothing is edited unseen or deleted. */
export function replaceInsights(
  db: Db,
  account: string,
  insights: readonly Insight[],
): InsightChange {
  const rows = prepared(db, 'SELECT * FROM insight WHERE account = ?').all(textTo(account))
  const known = new Map((rows as InsightTable[]).map((row) => [row.id, row]))
  const change = { added: 0, changed: 0, retracted: 0 }
  for (const insight of insights) {
    const before = known.get(insight.id)
    known.delete(insight.id)
    if (before === undefined) change.added += 1
    else if (isSame(before, insight)) continue
    else change.changed += 1
    put(db, insight, (before?.revision ?? 0) + 1)
  }
  for (const { id, status } of known.values()) {
    if (status === 'retracted') continue
    change.retracted += 1
    prepared(db, RETRACT).run(nextChange(db), id)
  }
  return change
}

function isSame({ status, body }: InsightTable, insight: Insight): boolean {
  return status === 'final' && canonicalJson(jsonFrom(body)) === canonicalJson(insight)
}

function put(db: Db, insight: Insight, revision: number): void {
  prepared(db, PUT).run(
    insight.id,
    textTo(insight.account),
    textTo(insight.region),
    insight.category,
    textTo(insight.eventSource),
    textTo(insight.eventName),
    insight.insightType,
    insight.errorCode === null ? null : textTo(insight.errorCode),
    insight.direction,
    insight.state,
    insight.startMs,
    insight.endMs,
    insight.severity,
    insight.score,
    insight.principal === null ? null : textTo(insight.principal),
    insight.incident,
    'final',
    revision,
    jsonTo(insight),
    nextChange(db),
  )
}

/** Changes are numbered in the order they were made; no number is given twice, since no insight is ever deleted. */
function nextChange(db: Db): number {
  return Number(plucked(db, 'SELECT coalesce(max(change), 0) + 1 FROM insight').get())
}

const RETRACT =
  "UPDATE insight SET status = 'retracted', revision = revision + 1, change = ? WHERE id = ?"
const PUT = `INSERT OR REPLACE INTO insight (id, account, region, category, event_source, event_name,
  insight_type, error_code, direction, state, start_ms, end_ms, severity, score, principal, incident,
  status, revision, body, change) VALUES (${Array.from({ length: 20 }, () => '?').join(', ')})`
