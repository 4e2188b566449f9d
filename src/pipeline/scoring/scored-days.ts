import {
  type AccountHistory,
  type DayScores,
  type DaySpan,
  daysToScore,
  type Grid,
} from '../../../models/index.ts'
import { invariant } from '../../base/invariant.ts'
import type { Settings } from '../../base/settings.ts'
import type { AccountNews, DaysScored, StoredBaseline, StoreReader } from '../../store/store.ts'
import { loadAccount, type SeriesName } from '../account-history.ts'
import { type WithAggregates, withAggregates } from '../aggregates/aggregate-series.ts'
import { heldScores } from '../aggregates/held-scores.ts'
import { judgedCounts } from '../drops/judged-counts.ts'
import { knownBaselines } from './known-baselines.ts'
import { scoringSpan } from './scoring-span.ts'
import type { ScoringThreads } from './scoring-threads.ts'

/** Days scored from one loading of counts, a month: bounds memory, changes nothing (scores look back a bounded time). */
const BLOCK_DAYS = 31

/** A day's scoring, and what it leaves empty of days before it that the models pass over. */
export interface DayOfAccount extends DaysScored {
  readonly untilDay: number
  /** How series stand at the end of a block of days; empty on its other days. */
  readonly baselines: readonly StoredBaseline[]
}

interface DaysAsked extends DaySpan {
  readonly settings: Settings
  /** Told when a block of days is done with; of a single short one, not. */
  readonly onBlock?: (() => void) | undefined
}

/**
 * Scores days of an account one after the other, which changes nothing in the store. Together the answers, one at least,
 * cover all days asked for; the last tells how series stand.
 */
export function* scoredDays(
  store: StoreReader,
  news: AccountNews,
  asked: DaysAsked,
): Generator<DayOfAccount, void> {
  const { blocks, rest } = dayBlocks(store, news, asked)
  for (const { history, span, grid, keep } of blocks) {
    const { days, score } = daysToScore(history, span, grid)
    for (const day of days) yield keep(score(day))
  }
  yield* rest()
}

/** The same, by threads too. */
export async function* scoredByThreads(
  store: StoreReader,
  news: AccountNews,
  { threads, ...asked }: DaysAsked & { readonly threads: ScoringThreads },
): AsyncGenerator<DayOfAccount, void> {
  const known = knownBaselines(store, news, asked)
  const { blocks, rest } = dayBlocks(store, news, asked)
  for (const { history, span, grid, keep } of blocks) {
    for await (const day of threads.score(history, span, grid, known)) yield keep(day)
  }
  yield* rest()
}

/** Days scored from one loading of counts, and what is kept of each, which are asked for in order. */
interface DayBlock {
  readonly history: AccountHistory
  readonly span: DaySpan
  readonly grid: Grid
  readonly keep: (day: DayScores) => DayOfAccount
}

interface DayBlocks {
  readonly blocks: Iterable<DayBlock>
  /** After the last block: what is left of days in which nothing was there to be scored. */
  readonly rest: () => readonly DayOfAccount[]
}

function dayBlocks(
  store: StoreReader,
  news: AccountNews,
  { fromDay, untilDay, settings, onBlock = () => {} }: DaysAsked,
): DayBlocks {
  const { account } = news
  const judged = judgedCounts(store, settings)
  let next = fromDay
  const keep = (day: KeptDay): DayOfAccount => {
    const kept = { account, fromDay: next, ...day }
    next = day.untilDay
    return kept
  }
  function* blocks(): Generator<DayBlock, void> {
    for (let day = fromDay; day < untilDay; ) {
      const counts = judged.on(day)
      let until = day + 1
      while (until < Math.min(untilDay, day + BLOCK_DAYS) && judged.on(until) === counts) until += 1
      yield blockOf({ store, counts, keep }, news, { fromDay: day, untilDay: until, settings })
      day = until
      if (untilDay - fromDay > BLOCK_DAYS) onBlock()
    }
  }
  return {
    blocks: blocks(),
    rest: () => (next < untilDay ? [keep({ untilDay, ...NOTHING })] : []),
  }
}

type KeptDay = Omit<DayOfAccount, 'account' | 'fromDay'>

const NOTHING = { scores: [], aggregateScores: [], expectations: [], laws: [], baselines: [] }

interface BlockContext {
  readonly store: StoreReader
  /** The same without what suppressions drop. */
  readonly counts: StoreReader
  readonly keep: (day: KeptDay) => DayOfAccount
}

function blockOf(
  { store, counts, keep }: BlockContext,
  { account, firstMinute }: AccountNews,
  { fromDay, untilDay, settings }: DaySpan & { readonly settings: Settings },
): DayBlock {
  const { windowMinutes } = settings
  const span = scoringSpan(store, account, { fromDay, untilDay, settings })
  const loaded = loadAccount(counts, account, span)
  const whole = withAggregates(counts, account, loaded, { ...span, firstMinute })
  const names = { names: loaded.names, subjects: whole.subjects }
  return {
    ...{ history: whole.history, span: { fromDay, untilDay }, grid: { windowMinutes } },
    keep: (day) =>
      keep({
        ...{ untilDay: day.scored.day + 1, ...namedDay(names, day) },
        aggregateScores: heldScores(day.scores, whole, { windowMinutes }),
      }),
  }
}

/** What the opaque keys of the models stand for. */
interface Names {
  readonly names: ReadonlyMap<string, SeriesName>
  readonly subjects: WithAggregates['subjects']
}

/** What is kept of the series. Of aggregates only scores are kept: nobody asks for more. */
function namedDay(
  { names, subjects }: Names,
  { scored, scores, expectations, standings }: DayScores,
): Pick<DayOfAccount, 'scores' | 'expectations' | 'baselines' | 'laws'> {
  const nameOf = (key: string) => {
    const name = names.get(key)
    invariant(name !== undefined, `the models were given every series they score, not ${key}`)
    return { series: name.series.ref, errorCode: name.errorCode }
  }
  const ofSeries = <Of extends { readonly key: string }>(all: readonly Of[]) =>
    all.filter(({ key }) => !subjects.has(key))
  const { day, laws, denseKeys } = scored
  const dense = { calls: denseKeys.calls.length, errors: denseKeys.errors.length }
  return {
    scores: ofSeries(scores).map((score) => ({ score, ...nameOf(score.key) })),
    expectations: ofSeries(expectations).map(({ key, expectation }) => ({
      ...{ day: expectation.day, expectation, ...nameOf(key) },
    })),
    baselines: ofSeries(standings).map(({ key, standing }) => ({ standing, ...nameOf(key) })),
    laws: [{ day, law: { ...laws, dense } }],
  }
}
