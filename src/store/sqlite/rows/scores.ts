import type { Score } from '../../../../models/index.ts'
import type { DaysScored, StoredScore, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import type { Names } from '../names/names.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { textFrom } from '../names/stored-text.ts'
import { accountRef } from './accounts.ts'

const DAY_MINUTES = 1440

/** Stored scores whose window overlaps the minutes asked for, in order of their end, then of their content. */
export function scoresOf(db: Db): Pick<StoreReader, 'scores' | 'scoredSeries'> {
  return {
    scores({ series, account, fromMinute, untilMinute, leastSurprise }): readonly StoredScore[] {
      const values = [fromMinute, untilMinute]
      let asked = 'until_minute > ? AND from_minute < ?'
      if (series !== undefined) {
        asked += ' AND series = ?'
        values.push(series)
      }
      if (account !== undefined) {
        asked += ' AND account = ?'
        values.push(accountRef(db, account) ?? -1)
      }
      if (leastSurprise !== undefined) {
        asked += ' AND surprise >= ?'
        values.push(leastSurprise)
      }
      const rows = prepared(db, `${SELECT} WHERE ${asked} ${IN_ORDER}`).all(...values)
      return (rows as ScoreRow[]).map(({ series: ref, name, body }) => ({
        ...{ series: ref, errorCode: name === null ? null : textFrom(name) },
        score: jsonFrom(body) as Score,
      }))
    },

    scoredSeries(account, leastSurprise) {
      const ref = accountRef(db, account) ?? -1
      const refs =
        leastSurprise === undefined
          ? plucked(db, SCORED).all(ref)
          : plucked(db, SURPRISING).all(ref, leastSurprise)
      return refs as readonly number[]
    },
  }
}

interface ScoreRow {
  readonly series: number
  readonly name: string | null
  readonly body: string
}

const SELECT = 'SELECT series, name, body FROM score LEFT JOIN code ON code.ref = score.code'
const IN_ORDER = 'ORDER BY until_minute, from_minute, body'
const SCORED = `SELECT ref FROM series
  WHERE account_ref = ? AND EXISTS (SELECT 1 FROM score WHERE score.series = series.ref)`

const SURPRISING = `SELECT DISTINCT series FROM score INDEXED BY score_by_surprise
  WHERE account = ? AND surprise >= ? ORDER BY series`

/** Whose scores, and before which day the last of them end. */
export interface ScorePlace {
  readonly account: number
  readonly untilDay: number
  readonly windowMinutes: number
}

/** What a score is found by: one that says a level still stands always matters. */
export function storedSurprise({ surprise, unconfirmed }: Score): number {
  return unconfirmed ? Number.POSITIVE_INFINITY : surprise
}

/** Puts an account's scores in place of those whose window ends on a day from `fromDay` on. */
export function replaceScores(
  db: Db,
  { fromDay, scores }: DaysScored,
  place: ScorePlace & { readonly names: Names },
): void {
  const { account, untilDay, windowMinutes, names } = place
  prepared(db, DELETE).run(account, fromDay * DAY_MINUTES, untilDay * DAY_MINUTES)
  const insert = prepared(db, INSERT)
  for (const { series, errorCode, score } of scores) {
    const from = score.fromWindow * windowMinutes
    const until = score.untilWindow * windowMinutes
    insert.run(
      ...[account, series, names.code(errorCode), from, until],
      ...[jsonTo(score), storedSurprise(score)],
    )
  }
}

const DELETE = 'DELETE FROM score WHERE account = ? AND until_minute > ? AND until_minute <= ?'
const INSERT =
  'INSERT INTO score (account, series, code, from_minute, until_minute, body, surprise) VALUES (?, ?, ?, ?, ?, ?, ?)'
