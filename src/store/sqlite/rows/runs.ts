import type { RejectRow, RunRow, Store, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { textFrom } from '../names/stored-text.ts'

/** Runs, rejected samples and named facts. */
export function runsOf(db: Db): Pick<StoreReader, 'runs' | 'rejects' | 'meta'> {
  return {
    runs: (limit) =>
      (prepared(db, SELECT_RUNS).all(limit) as RunTable[]).map(
        ({ id, started_ms, finished_ms, report }): RunRow => ({
          id,
          startedMs: started_ms,
          finishedMs: finished_ms,
          report: report === null ? null : jsonFrom(report),
        }),
      ),
    rejects: (limit) =>
      (prepared(db, SELECT_REJECTS).all(limit) as RejectTable[]).map(
        ({ code, account, object_key, sample }): RejectRow => ({
          code,
          account: account === null ? null : textFrom(account),
          objectKey: object_key,
          sample: textFrom(sample),
        }),
      ),
    meta: (name) => metaOf(db, name),
  }
}

type RunWriter = Pick<Store, 'beginRun' | 'finishRun' | 'setMeta' | 'delivered' | 'markDelivered'>

/** The same, for the writer; each call in a transaction. */
export function runWriterOf(db: Db): RunWriter {
  return {
    beginRun: (startedMs) =>
      Number(
        prepared(db, 'INSERT INTO run (started_ms) VALUES (?)').run(startedMs).lastInsertRowid,
      ),
    finishRun(id, finishedMs, report) {
      prepared(db, 'UPDATE run SET finished_ms = ?, report = ? WHERE id = ?').run(
        finishedMs,
        jsonTo(report),
        id,
      )
    },
    setMeta: (name, value) => setMeta(db, name, value),
    delivered(sink, marks) {
      const isGiven = plucked(db, 'SELECT 1 FROM delivery WHERE sink = ? AND mark = ?')
      return new Set(marks.filter((mark) => isGiven.get(sink, mark) !== undefined))
    },
    markDelivered(sink, marks) {
      for (const mark of marks)
        prepared(db, 'INSERT OR IGNORE INTO delivery VALUES (?, ?)').run(sink, mark)
    },
  }
}

/** A named fact. */
export function metaOf(db: Db, name: string): string | null {
  const value = plucked(db, 'SELECT value FROM meta WHERE name = ?').get(name)
  return typeof value === 'string' ? value : null
}

/** Keeps a named fact. */
export function setMeta(db: Db, name: string, value: string): void {
  prepared(db, 'INSERT OR REPLACE INTO meta VALUES (?, ?)').run(name, value)
}

interface RunTable {
  readonly id: number
  readonly started_ms: number
  readonly finished_ms: number | null
  readonly report: string | null
}

interface RejectTable {
  readonly code: string
  readonly account: string | null
  readonly object_key: string
  readonly sample: string
}

const SELECT_RUNS = 'SELECT * FROM run ORDER BY id DESC LIMIT ?'
const SELECT_REJECTS = `SELECT code, account, object_key, sample FROM reject
  ORDER BY code, object_key, ref LIMIT ?`
