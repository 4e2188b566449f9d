import type { SelectorChange } from '../../../insight/selection.ts'
import type { StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'

/** What people switched on and off. */
export function selectorsOf(db: Db): Pick<StoreReader, 'selectorChanges'> {
  return {
    selectorChanges: () =>
      (prepared(db, 'SELECT * FROM selector ORDER BY ref').all() as SelectorTable[]).map((row) => ({
        account: textFrom(row.account),
        insightType: row.insight_type,
        category: row.category,
        atMs: row.at_ms,
        isOn: row.is_on === 1,
      })),
  }
}

/** Keeps what was switched, behind what was before. */
export function keepSelectorChange(db: Db, change: SelectorChange): void {
  const { account, insightType, category, atMs, isOn } = change
  const sql =
    'INSERT INTO selector (account, insight_type, category, at_ms, is_on) VALUES (?, ?, ?, ?, ?)'
  prepared(db, sql).run(textTo(account), insightType, category, Math.floor(atMs), isOn ? 1 : 0)
}

interface SelectorTable {
  readonly account: string
  readonly insight_type: SelectorChange['insightType']
  readonly category: SelectorChange['category']
  readonly at_ms: number
  readonly is_on: number
}
