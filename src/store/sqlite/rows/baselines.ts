import { sql } from 'kysely'
import type { DaysScored, DetectionCommit, StoreReader } from '../../store.ts'
import type { Pending } from '../counts/pending.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import type { Names } from '../names/names.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import { build, run } from '../query.ts'
import type { BaselineTable, CodeTable, SeriesTable } from '../tables.ts'
import { accountRef } from './accounts.ts'
import { cursorFrom, pageOf } from './cursor.ts'
import { matches, placeOfSeries, SERIES_ORDER, seriesFrom } from './series-rows.ts'

type Baselines = Pick<
  StoreReader,
  'baseline' | 'baselines' | 'standingKinds' | 'expectations' | 'law'
>

/** What was learned: baselines, a day's expectations, an account's pooled law. */
export function baselinesOf(db: Db, pending: Pending): Baselines {
  return {
    baseline(series, errorCode) {
      const body = plucked(db, SELECT_BASELINE).get(series, codeText(errorCode))
      return body === undefined
        ? undefined
        : { series, errorCode, standing: jsonFrom(String(body)) }
    },

    baselines(filter, { limit, after }) {
      let query = joined()
        .where(matches(filter))
        .limit(limit + 1)
      for (const column of SERIES_ORDER) query = query.orderBy(`series.${column}`)
      query = query.orderBy(CODE_NAME).orderBy('baseline.code')
      if (after !== null) query = query.where(isAfter(cursorFrom(after, PLACE_LENGTH)))
      const { rows, next } = pageOf(run(db, query), limit, placeOf)
      const changes = pending.all()
      return {
        rows: rows.map((row) => {
          const errorCode = row.name === null ? null : textFrom(row.name)
          const standing = jsonFrom(row.body)
          return {
            series: seriesFrom(row, changes),
            baseline: { series: row.ref, errorCode, standing },
          }
        }),
        next,
      }
    },

    standingKinds(account) {
      const rows = prepared(db, SELECT_KINDS).all(accountRef(db, account) ?? -1)
      return new Map(
        (rows as { kind: string; count: number }[]).map((row) => [row.kind, row.count]),
      )
    },

    expectations(series, errorCode, fromDay, untilDay) {
      const rows = prepared(db, SELECT_EXPECTATIONS).all(
        series,
        codeText(errorCode),
        fromDay,
        untilDay,
      )
      return (rows as { day: number; body: string }[]).map(({ day, body }) => ({
        ...{ series, errorCode, day },
        expectation: jsonFrom(body),
      }))
    },

    law(account, day) {
      const body = plucked(db, SELECT_LAW).get(textTo(account), day)
      return body === undefined ? null : jsonFrom(String(body))
    },
  }
}

/** Puts an account's baselines in place of the earlier ones. */
export function replaceBaselines(db: Db, commit: DetectionCommit, names: Names): void {
  prepared(db, DELETE_BASELINES).run(names.account(commit.account))
  const insert = prepared(db, 'INSERT INTO baseline VALUES (?, ?, ?)')
  for (const { series, errorCode, standing } of commit.baselines)
    insert.run(series, names.code(errorCode), jsonTo(standing))
}

interface LearnedPlace {
  readonly account: number
  readonly untilDay: number
  readonly names: Names
}

/** Puts an account's expectations and laws of the days from `fromDay` on in place of the earlier ones, where nothing is pending. */
export function replaceLearned(
  db: Db,
  { fromDay, expectations, laws }: DaysScored,
  { account, untilDay, names }: LearnedPlace,
): void {
  // A day that was scored has its law: most days are scored once.
  if (prepared(db, DELETE_LAWS).run(account, fromDay, untilDay).changes > 0)
    prepared(db, DELETE_EXPECTATIONS).run(account, fromDay, untilDay)
  const insert = prepared(db, 'INSERT INTO expectation VALUES (?, ?, ?, ?, ?)')
  for (const { series, errorCode, day, expectation } of expectations)
    insert.run(account, day, series, names.code(errorCode), jsonTo(expectation))
  for (const { day, law } of laws)
    prepared(db, 'INSERT INTO law VALUES (?, ?, ?)').run(account, day, jsonTo(law))
}

/** The name of a code for ordering, with success first. */
const CODE_NAME = sql<string>`coalesce(code.name, '')`
const PLACE_LENGTH = SERIES_ORDER.length + 2

type BaselineRow = SeriesTable & BaselineTable & Pick<CodeTable, 'name'>

function joined() {
  return build
    .selectFrom('baseline')
    .innerJoin('series', 'series.ref', 'baseline.series')
    .innerJoin('code', 'code.ref', 'baseline.code')
    .selectAll('series')
    .select(['baseline.series', 'baseline.code', 'baseline.body', 'code.name'])
}

function placeOf(row: BaselineRow): readonly (string | number)[] {
  return [...placeOfSeries(row), row.name ?? '', row.code]
}

function isAfter(place: readonly (string | number)[]) {
  const columns = SERIES_ORDER.map((column) => sql.ref(`series.${column}`))
  return sql<boolean>`(${sql.join([...columns, CODE_NAME, sql.ref('baseline.code')])}) > (${sql.join([...place])})`
}

function codeText(errorCode: string | null): string | null {
  return errorCode === null ? null : textTo(errorCode)
}

const SELECT_BASELINE = `SELECT body FROM baseline JOIN code ON code.ref = baseline.code
  WHERE series = ? AND code.name IS ?`
const SELECT_KINDS = `SELECT json_extract(baseline.body, '$.kind') AS kind, count(*) AS count
  FROM series INDEXED BY series_by_account
  CROSS JOIN baseline ON baseline.series = series.ref JOIN code ON code.ref = baseline.code
  WHERE series.account_ref = ? AND code.name IS NULL GROUP BY kind`
const SELECT_EXPECTATIONS = `SELECT day, body FROM expectation INDEXED BY expectation_by_series
  JOIN code ON code.ref = expectation.code
  WHERE series = ? AND code.name IS ? AND day >= ? AND day < ? ORDER BY day`
const SELECT_LAW = `SELECT body FROM law JOIN account ON account.ref = law.account
  WHERE account.name = ? AND day <= ? ORDER BY day DESC LIMIT 1`
const DELETE_BASELINES =
  'DELETE FROM baseline WHERE series IN (SELECT ref FROM series WHERE account_ref = ?)'
const DELETE_EXPECTATIONS = 'DELETE FROM expectation WHERE account = ? AND day >= ? AND day < ?'
const DELETE_LAWS = 'DELETE FROM law WHERE account = ? AND day >= ? AND day < ?'
