import type { Static } from 'typebox'
import { rarityInAccount } from '../../../models/index.ts'
import { rfc3339 } from '../../base/times.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { Point } from '../reply/schemas.ts'
import { expectedIn } from './expected.ts'
import type { PointsQuestion } from './span.ts'

const MINUTE_MS = 60_000

type PointReply = Static<typeof Point>

/**
 * A series on the grid of the period: what was counted, what was expected with its 1 % to 99 % range (null on days the
 * series had no baseline of its own), and the highest score of a window there (null: nothing surprising).
 */
export function pointsOf(
  store: StoreReader,
  row: SeriesRow,
  question: PointsQuestion,
): PointReply[] {
  const { fromMs, untilMs, periodMs, errorCode, fill } = question
  const { counts, errors } = countsOf(store, row, question)
  const bandAt = expectedIn(store, row, question)
  const scores = scoresOf(store, row, question)
  const points: PointReply[] = []
  for (let index = 0, timeMs = fromMs; timeMs < untilMs; index++, timeMs += periodMs) {
    const count = counts[index] ?? 0
    if (fill === 'nonzero' && count === 0) continue
    points.push({
      time: rfc3339(timeMs),
      count,
      ...(errorCode === null && { errors: errors[index] ?? 0 }),
      ...bandAt(timeMs),
      score: scores.get(index) ?? null,
    })
  }
  return points
}

function countsOf(store: StoreReader, row: SeriesRow, question: PointsQuestion) {
  const { fromMs, untilMs, periodMs, errorCode } = question
  const length = (untilMs - fromMs) / periodMs
  const counts = new Float64Array(length)
  const errors = new Float64Array(length)
  const codeNames = store.codeNames()
  const cells = store.minuteCells(row.ref, fromMs / MINUTE_MS, untilMs / MINUTE_MS)
  for (const [at, minute] of cells.minutes.entries()) {
    const index = Math.floor((minute * MINUTE_MS - fromMs) / periodMs)
    const code = cells.codes[at] ?? 0
    const count = cells.counts[at] ?? 0
    if (errorCode === null || codeNames[code] === errorCode) {
      counts[index] = (counts[index] ?? 0) + count
    }
    if (code !== 0) errors[index] = (errors[index] ?? 0) + count
  }
  return { counts, errors }
}

/** The highest score by point, over the windows whose unusual part touches it. */
function scoresOf(
  store: StoreReader,
  row: SeriesRow,
  { fromMs, untilMs, periodMs, errorCode, windowMinutes }: PointsQuestion,
): ReadonlyMap<number, number> {
  const windowMs = windowMinutes * MINUTE_MS
  const span = { fromMinute: fromMs / MINUTE_MS, untilMinute: untilMs / MINUTE_MS }
  const highest = new Map<number, number>()
  for (const { errorCode: code, score } of store.scores({ series: row.ref, ...span })) {
    if (code !== errorCode) continue
    const first = Math.floor((score.hotFromWindow * windowMs - fromMs) / periodMs)
    const end = Math.ceil((score.hotUntilWindow * windowMs - fromMs) / periodMs)
    const last = Math.min(end, (untilMs - fromMs) / periodMs)
    const rarity = rarityInAccount(score.surprise)
    for (let index = Math.max(0, first); index < last; index++) {
      highest.set(index, Math.max(rarity, highest.get(index) ?? rarity))
    }
  }
  return highest
}
