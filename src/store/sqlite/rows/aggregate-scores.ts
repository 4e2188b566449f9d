import type { Aggregate, Score } from '../../../../models/index.ts'
import type { AggregateScore, DaysScored, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { jsonFrom, jsonTo } from '../names/stored-json.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import { accountRef } from './accounts.ts'
import { type ScorePlace, storedSurprise } from './scores.ts'

const DAY_MINUTES = 1440

/** Stored scores of aggregates. */
export function aggregateScoresOf(db: Db): Pick<StoreReader, 'aggregateScores'> {
  return {
    aggregateScores(account, leastSurprise): readonly AggregateScore[] {
      const ref = accountRef(db, account) ?? -1
      const rows =
        leastSurprise === undefined
          ? prepared(db, SELECT).all(ref)
          : prepared(db, SELECT_SURPRISING).all(ref, leastSurprise)
      return (rows as AggregateRow[]).map(({ aggregate, region, principal, body }) => ({
        subject: {
          aggregate: aggregate as Aggregate,
          region: region === null ? null : textFrom(region),
          principal: principal === null ? null : textFrom(principal),
        },
        score: jsonFrom(body) as Score,
      }))
    },
  }
}

/** Puts the scores of an account's aggregates in place of those whose window ends on a day from `fromDay` on. */
export function replaceAggregateScores(
  db: Db,
  { fromDay, aggregateScores }: DaysScored,
  { account, untilDay, windowMinutes }: ScorePlace,
): void {
  prepared(db, DELETE).run(account, fromDay * DAY_MINUTES, untilDay * DAY_MINUTES)
  for (const { subject, score } of aggregateScores) {
    const { aggregate, region, principal } = subject
    prepared(db, INSERT).run(
      account,
      aggregate,
      region === null ? null : textTo(region),
      principal === null ? null : textTo(principal),
      score.fromWindow * windowMinutes,
      score.untilWindow * windowMinutes,
      jsonTo(score),
      storedSurprise(score),
    )
  }
}

interface AggregateRow {
  readonly aggregate: string
  readonly region: string | null
  readonly principal: string | null
  readonly body: string
}

/** Sums of all calls (`volume`) were scored once, and stand in older stores. */
const WHOLE = "account = ? AND aggregate <> 'volume'"
const IN_ORDER = 'ORDER BY until_minute, from_minute, aggregate, region, principal, body'
const SELECT = `SELECT aggregate, region, principal, body FROM aggregate_score WHERE ${WHOLE} ${IN_ORDER}`
const SELECT_SURPRISING = `SELECT aggregate, region, principal, body
  FROM aggregate_score INDEXED BY aggregate_score_by_surprise WHERE ${WHOLE} AND surprise >= ? ${IN_ORDER}`
const DELETE =
  'DELETE FROM aggregate_score WHERE account = ? AND until_minute > ? AND until_minute <= ?'
const INSERT = `INSERT INTO aggregate_score (account, aggregate, region, principal, from_minute, until_minute, body, surprise)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
