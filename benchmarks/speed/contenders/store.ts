import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { randomOf, whole } from '../../quality/scenario/random.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { median } from '../measure/statistics.ts'
import { cpuNow } from './cpu-seconds.ts'
import { type Commit, commitsOf, rowsOf } from './file-rows.ts'
import { openAt, removeAt } from './open-scratch.ts'

const READS = 200
const ALL_MINUTES = 2 ** 30

/** Our store: the files' tables committed one by one, then the minutes of single series read. */
export async function storeOurs({ folder, scratch = '' }: Task): Promise<Outcome> {
  const path = join(scratch, `store-${process.pid}.db`)
  const commits = await commitsOf(folder)
  const store = openAt(path)
  const before = cpuNow()
  const run = store.beginRun(0)
  for (const commit of commits) store.commitObject(commit)
  store.finishRun(run, 1, {})
  const writing = cpuNow() - before
  const { rows: series } = store.series({}, { limit: 500, after: null })
  const readMs = readsOf(series.length, (at) => {
    store.minuteCells(series[at]?.ref ?? 0, 0, ALL_MINUTES)
  })
  store.close()
  return outcomeOf(path, commits, { writing, readMs })
}

/** The peer anyone would build: a row for each minute, series and code, upserted in a transaction a file; no duplicates known. */
export async function storeRows({ folder, scratch = '' }: Task): Promise<Outcome> {
  const path = join(scratch, `rows-${process.pid}.db`)
  const commits = await commitsOf(folder)
  const files = commits.map(rowsOf)
  const numbers = new Map<string, number>()
  const db = new Database(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE cell (minute INTEGER, series INTEGER, calls INTEGER, PRIMARY KEY (minute, series)) WITHOUT ROWID`)
  const upsert = db.prepare(
    'INSERT INTO cell VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls',
  )
  const before = cpuNow()
  for (const rows of files) {
    db.transaction(() => {
      for (const { key, minute, calls } of rows) {
        const series = numbers.get(key) ?? numbers.size
        numbers.set(key, series)
        upsert.run(minute, series, calls)
      }
    })()
  }
  const writing = cpuNow() - before
  const ask = db.prepare('SELECT minute, calls FROM cell WHERE series = ? ORDER BY minute')
  const readMs = readsOf(numbers.size, (at) => {
    ask.all(at)
  })
  db.close()
  return outcomeOf(path, commits, { writing, readMs })
}

/** Milliseconds of reading one series, drawn by chance, over and over. */
function readsOf(seriesCount: number, read: (at: number) => void): readonly number[] {
  const random = randomOf(9, 'reads')
  return Array.from({ length: READS }, () => {
    const at = whole(random, 0, seriesCount - 1)
    const before = performance.now()
    read(at)
    return performance.now() - before
  })
}

function outcomeOf(
  path: string,
  commits: readonly Commit[],
  { writing, readMs }: { readonly writing: number; readonly readMs: readonly number[] },
): Outcome {
  const rows = commits.reduce((sum, commit) => sum + rowsOf(commit).length, 0)
  const storeMb = statSync(path).size / 2 ** 20
  removeAt(path)
  const slowest = [...readMs].sort((a, b) => a - b)[Math.floor(readMs.length * 0.99)] ?? Number.NaN
  return {
    elsewhere: { cpuSeconds: writing },
    figures: { rows, rowsPerSecond: rows / writing, storeMb, readMs: median(readMs), slowest },
  }
}
