import type { BurstSize } from '../baseline/burst-days.ts'
import { type BurstLaw, burstLogTail, type OwnLaw } from '../baseline/burst-law.ts'
import { doublingSurprise, LEAST_RATIO, type WindowRates } from '../baseline/doubling-law.ts'
import { type ShareLaw, shareLogTail } from '../baseline/share-law.ts'
import { rescale, type TailScale } from '../baseline/tail-scale.ts'
import { type LogNormalLaw, logNormalTail } from '../distribution/log-normal.ts'
import type { Pool } from '../series/history.ts'
import type { Run } from '../series/run.ts'
import { amongChanges, changeShare } from './changes.ts'
import { LAW } from './law.ts'
import type { Score } from './score.ts'

/** The most that an API had in one window, and how often windows stand out like that. */
export interface WindowRecord extends WindowRates {
  readonly most: number
  /** It had no calls on the days before. */
  readonly isNew: boolean
}

/** What the bursts of a sparse series' day are judged by. */
export interface BurstDay {
  readonly of: Pool
  /** Sparse series of its pool on the day. */
  readonly peers: number
  readonly size: BurstSize
  readonly pool: BurstLaw
  readonly own: OwnLaw
  readonly tail: TailScale
  /** Of errors: what they are given the calls they came with. */
  readonly share: ShareLaw | null
  /** Of what is held against the API's largest windows, not against a law of bursts. */
  readonly record: WindowRecord | null
}

/** What came before: at the same time of earlier days, or in another run of the day. */
export interface Again {
  readonly calls: number
  /** The law of it; null where it is nothing beside the series' own bursts. */
  readonly law: LogNormalLaw | null
}

type BurstSpan = Pick<Run, 'fromWindow' | 'untilWindow' | 'count'>

/** What a burst says by a law, and every number of it. */
type Judged = Pick<Score, 'surprise' | 'terms'>

/** A burst is looked at in two sizes. */
export const LOOKS: number = Math.LN2

/** How surprising a burst is: beside the API's largest windows, or by a law of bursts. */
export function judgeBurst(burst: BurstSpan, day: BurstDay, again: Again): Judged {
  return day.record === null
    ? overLaw(burst, day, again.law)
    : overRecord(burst.count, day, { ...day.record, most: Math.max(day.record.most, again.calls) })
}

/** The most that `judgeBurst` may say: what came at the same time of earlier days, or the share of calls, makes it less. */
export function mostSurprise(count: number, day: BurstDay): number {
  return day.record === null
    ? surpriseOf(ownLogTail(day.of, count, day.own, day.pool), day)
    : overRecord(count, day, day.record).surprise
}

/** The tail of a series' next burst: bursts of calls may be unlike its own, those of errors and aggregates keep to their law. */
export function ownLogTail(pool: Pool, count: number, own: OwnLaw, law: BurstLaw): number {
  return pool === 'calls' ? burstLogTail(count, own, law) : logNormalTail(count, own)
}

function surpriseOf(logTail: number, { own, tail, peers }: BurstDay): number {
  return rescale(-logTail, tail) - Math.log(own.perWeek) - Math.log(peers) - LOOKS
}

/** A burst by the law of bursts, by the same time of earlier days, or by the share of the calls. */
function overLaw(
  { fromWindow, untilWindow, count }: BurstSpan,
  day: BurstDay,
  again: LogNormalLaw | null,
): Judged {
  const { of, size, pool, own, tail, share, peers } = day
  const law = again ?? own
  const burstTail = Math.max(logNormalTail(count, law), ownLogTail(of, count, own, pool))
  const given = share?.({ from: fromWindow, until: untilWindow })
  const shareTail = given === undefined ? Number.NEGATIVE_INFINITY : shareLogTail(count, given)
  const isShare = shareTail > burstTail
  const logTail = isShare ? shareTail : burstTail
  const lawName = again === null ? LAW.bursts : LAW.again
  return {
    surprise: surpriseOf(logTail, day),
    terms: {
      law: isShare ? LAW.share : lawName,
      ...{ burst: count, size, logTail, tailFrom: tail.from, tailScale: tail.scale },
      ...{ location: law.location, spread: law.spread, burstsPerWeek: own.perWeek },
      ...{ ownBursts: own.bursts, accountBursts: pool.bursts, sparseSeries: peers, looks: 2 },
      ...(isShare ? given : {}),
    },
  }
}

/** A window's calls beside the most that the API had in one before; of an API without calls before, beside services that stay, too. */
function overRecord(
  count: number,
  { size, peers }: BurstDay,
  { most, isNew, doublings, starts }: WindowRecord,
): Judged {
  const changes = isNew ? starts : 0
  const share = changeShare({ direction: 'up', count, mean: LEAST_RATIO * most })
  const surprise = doublingSurprise(count, { record: most, perWeek: doublings }) - LOOKS
  return {
    surprise: amongChanges(surprise, changes * share),
    terms: {
      law: LAW.windows,
      ...{ burst: count, size, record: most, doublingsPerWeek: doublings },
      ...{ changesPerWeek: changes, changeShare: share, sparseSeries: peers, looks: 2 },
    },
  }
}
