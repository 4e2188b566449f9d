import { type Score, type SeriesStanding, scoreAccount } from '../../../models/index.ts'
import { invariant } from '../../base/invariant.ts'
import type { CountSpan } from '../../source/counts/count-table.ts'
import { type GridHistory, type Owner, ownerKey } from './histories.ts'

const DAY_MS = 86_400_000
/** Days scored in one piece: bounds memory and lets progress show, changes nothing (scores look back a bounded time). */
const BLOCK_DAYS = 7

/** The scores of one key and metric, of all codes and both directions, by the window they end with. */
export interface OwnedScores {
  readonly owner: Owner
  readonly scores: readonly Score[]
}

export interface GridScores {
  readonly owned: readonly OwnedScores[]
  /** Of every series on the last day. */
  readonly standings: readonly SeriesStanding[]
}

export interface ScoreProgress {
  readonly bucketS: number
  readonly daysDone: number
  readonly days: number
}

/** Scores every day of a span, keeping what is rarer than once a week in one series. */
export function scoreGrid(
  { grid, history, owners }: GridHistory,
  { startMs, endMs }: CountSpan,
  onProgress: (progress: ScoreProgress) => void,
): GridScores {
  const [fromDay, untilDay] = [Math.floor(startMs / DAY_MS), Math.ceil(endMs / DAY_MS)]
  const byOwner = new Map<Owner, Score[]>()
  let standings: readonly SeriesStanding[] = []
  for (let day = fromDay; day < untilDay; day += BLOCK_DAYS) {
    const span = { fromDay: day, untilDay: Math.min(untilDay, day + BLOCK_DAYS) }
    const scored = scoreAccount(history, span, grid, 'series')
    for (const score of scored.scores) listOf(byOwner, owners.get(ownerKey(score))).push(score)
    standings = scored.standings
    onProgress({
      ...{ bucketS: grid.windowMinutes * 60 },
      ...{ daysDone: span.untilDay - fromDay, days: untilDay - fromDay },
    })
  }
  return { owned: [...byOwner].map(([owner, scores]) => ({ owner, scores })), standings }
}

function listOf(byOwner: Map<Owner, Score[]>, owner: Owner | undefined): Score[] {
  invariant(owner !== undefined, 'the models were given every series they score')
  const known = byOwner.get(owner)
  if (known !== undefined) return known
  const list: Score[] = []
  byOwner.set(owner, list)
  return list
}
