import type { KeptLabel } from '../../../insight/label.ts'
import type { StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'

/** Incidents that people know of. */
export function labelsOf(db: Db): Pick<StoreReader, 'labels'> {
  return {
    labels: () =>
      (prepared(db, 'SELECT * FROM label ORDER BY start_ms, id').all() as LabelTable[]).map(
        (row) => ({
          ...{ id: row.id, kind: textFrom(row.kind), title: textFrom(row.title) },
          account: orNull(row.account, textFrom),
          region: orNull(row.region, textFrom),
          eventSource: orNull(row.event_source, textFrom),
          eventName: orNull(row.event_name, textFrom),
          errorCode: orNull(row.error_code, textFrom),
          principal: orNull(row.principal, textFrom),
          ...{ startMs: row.start_ms, endMs: row.end_ms },
          ...{ by: textFrom(row.by_whom), atMs: row.at_ms },
        }),
      ),
  }
}

/** Keeps a label, in place of an earlier one of its id. */
export function putLabel(db: Db, label: KeptLabel): void {
  const { account, region, eventSource, eventName, errorCode, principal } = label
  const place = [account, region, eventSource, eventName, errorCode, principal]
  prepared(db, 'INSERT OR REPLACE INTO label VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[label.id, textTo(label.kind), textTo(label.title)],
    ...place.map((text) => orNull(text, textTo)),
    ...[label.startMs, label.endMs, textTo(label.by), label.atMs].map(whole),
  )
}

/** Takes a label back. */
export function removeLabel(db: Db, id: string): void {
  prepared(db, 'DELETE FROM label WHERE id = ?').run(id)
}

const whole = (value: number | string) => (typeof value === 'number' ? Math.floor(value) : value)

function orNull(text: string | null, change: (text: string) => string): string | null {
  return text === null ? null : change(text)
}

interface LabelTable {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly account: string | null
  readonly region: string | null
  readonly event_source: string | null
  readonly event_name: string | null
  readonly error_code: string | null
  readonly principal: string | null
  readonly start_ms: number
  readonly end_ms: number
  readonly by_whom: string
  readonly at_ms: number
}
