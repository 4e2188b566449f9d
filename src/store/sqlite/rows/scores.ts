import type { Score } from '../../../../models/index.ts'
import type { DaysScored, StoredScore, StoreReader } from '../../store.ts'
import { codeNames } from '../counts/read-cells.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import type { Names } from '../names/names.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { build, run } from '../query.ts'
import { accountRef } from './accounts.ts'

const DAY_MINUTES = 1440

/** Stored scores whose window overlaps the minutes asked for, in order of their end, then of their content. */
export function scoresOf(db: Db): Pick<StoreReader, 'scores'> {
  return {
    scores({ series, account, fromMinute, untilMinute }): readonly StoredScore[] {
      let query = build
        .selectFrom('score')
        .select(['series', 'code', 'body'])
        .where('until_minute', '>', fromMinute)
        .where('from_minute', '<', untilMinute)
        .orderBy('until_minute')
        .orderBy('from_minute')
        .orderBy('body')
      if (series !== undefined) query = query.where('series', '=', series)
      if (account !== undefined) query = query.where('account', '=', accountRef(db, account) ?? -1)
      const codes = codeNames(db)
      return run(db, query).map((row) => ({
        series: row.series,
        errorCode: codes[row.code] ?? null,
        score: jsonFrom(row.body) as Score,
      }))
    },
  }
}

/** Whose scores, and before which day the last of them end. */
export interface ScorePlace {
  readonly account: number
  readonly untilDay: number
  readonly windowMinutes: number
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
    insert.run(account, series, names.code(errorCode), from, until, jsonTo(score))
  }
}

const DELETE = 'DELETE FROM score WHERE account = ? AND until_minute > ? AND until_minute <= ?'
const INSERT =
  'INSERT INTO score (account, series, code, from_minute, until_minute, body) VALUES (?, ?, ?, ?, ?, ?)'
