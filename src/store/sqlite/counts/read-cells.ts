import type { StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom } from '../names/stored-text.ts'
import { CellList, DAY_MINUTES, readCells } from './cell-blob.ts'
import { mergeCells } from './merge-cells.ts'
import { type Pending, totalsOf } from './pending.ts'

type Cells = Pick<StoreReader, 'minuteCells' | 'codeFirstMinutes' | 'codeNames'>

/** Questions about counts: what is folded plus what is pending. */
export function cellsOf(db: Db, pending: Pending): Cells {
  return {
    codeNames: () => codeNames(db),

    minuteCells(series, fromMinute, untilMinute) {
      const kept = new CellList()
      const firstDay = Math.floor(fromMinute / DAY_MINUTES)
      const untilDay = Math.ceil(untilMinute / DAY_MINUTES)
      for (const row of prepared(db, SELECT_CELLS).all(series, firstDay, untilDay)) {
        const { day, cells } = row as { day: number; cells: Buffer }
        readCells(cells, day, kept, { fromMinute, untilMinute })
      }
      const changes = pending.of(series)?.cells ?? []
      const isInside = (minute = 0) => minute >= fromMinute && minute < untilMinute
      const inside = changes.filter((_, at) => isInside(changes[at - (at % 3)]))
      return mergeCells(kept.cells(), inside)
    },

    codeFirstMinutes(series) {
      const sql = 'SELECT code, first_minute FROM series_code WHERE series = ?'
      const rows = prepared(db, sql).all(series) as { code: number; first_minute: number }[]
      const firsts = new Map(rows.map(({ code, first_minute }) => [code, first_minute]))
      const changes = pending.of(series)
      if (changes === undefined) return firsts
      for (const [code, minute] of totalsOf(changes).codes) {
        firsts.set(code, Math.min(minute, firsts.get(code) ?? minute))
      }
      return firsts
    },
  }
}

/** Error codes by number; `null` at 0 is success. */
export function codeNames(db: Db): readonly (string | null)[] {
  const names: (string | null)[] = []
  for (const row of prepared(db, 'SELECT ref, name FROM code ORDER BY ref').all()) {
    const { ref, name } = row as { ref: number; name: string | null }
    names[ref] = name === null ? null : textFrom(name)
  }
  return names
}

const SELECT_CELLS = `SELECT day, cells FROM cells INDEXED BY cells_by_series
  WHERE series = ? AND day >= ? AND day < ? ORDER BY day`
