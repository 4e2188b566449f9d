import type { Static } from 'typebox'
import type { DayExpectation, Standing } from '../../../models/index.ts'
import { rfc3339 } from '../../base/times.ts'
import type { SeriesRow, StoredBaseline, StoredExpectation } from '../../store/store.ts'
import type { BaselineItem, BaselineReply } from '../reply/baseline-schemas.ts'
import type { LawBook } from './law.ts'
import { denseSentence, sparseSentence, summaryOf } from './sentences.ts'
import { busiestHour, daySlots, type SlotChoice, weekSlots } from './slots.ts'

const DAY_MS = 86_400_000

type ItemReply = Static<typeof BaselineItem>
type WholeReply = Static<typeof BaselineReply>

/** A baseline in a list; with its hour of the week where weekday and hour are both asked for. */
export function baselineItem(
  book: LawBook,
  row: SeriesRow,
  stored: StoredBaseline,
  choice: SlotChoice,
): ItemReply {
  const stood = stored.standing as Standing
  const head = headOf(row, stored.errorCode)
  if (stood.kind !== 'dense') {
    const { standing, sentence } = withoutBaseline(book, row, { ...unfitted(stored), day: null })
    return { ...head, standing, sentence }
  }
  const isOne = choice.weekday !== undefined && choice.hour !== undefined
  const [slot] = weekSlots(stood.baseline, isOne ? choice : busiestHour(stood.baseline))
  const { observedDays, hourOfWeek } = stood.baseline
  const summary = slot && {
    total: hourOfWeek.reduce((sum, expected) => sum + expected, 0),
    hours: isOne ? 1 : hourOfWeek.length,
    busiest: slot,
    observedDays,
  }
  const sentence = denseSentence(row, stored.errorCode, summary)
  return { ...head, standing: 'dense', sentence, ...(isOne && slot && { slot }) }
}

/** Where a series stands now: the week it expects, or the law that judges its bursts. */
export function baselineReply(
  book: LawBook,
  row: SeriesRow,
  stored: StoredBaseline,
  choice: SlotChoice,
): WholeReply {
  const stood = stored.standing as Standing
  if (stood.kind !== 'dense') return withoutBaseline(book, row, { ...unfitted(stored), day: null })
  const profile = weekSlots(stood.baseline, choice)
  const { observedDays } = stood.baseline
  return withBaseline(row, stored.errorCode, { learned: stood.baseline, observedDays, profile })
}

/**
 * Where a series stood on a day of the past: the hours of that day as they were expected, or, where
 * it had no baseline then, the law of that day.
 */
export function baselineOn(
  book: LawBook,
  row: SeriesRow,
  asked: {
    readonly errorCode: string | null
    readonly day: number
    readonly kept: StoredExpectation | undefined
    readonly choice: SlotChoice
  },
): WholeReply {
  const { errorCode, day, kept, choice } = asked
  if (kept === undefined) return withoutBaseline(book, row, { errorCode, day, neededDays: null })
  const learned = kept.expectation as DayExpectation
  const profile = daySlots(learned, choice)
  return withBaseline(row, errorCode, { learned, observedDays: null, profile })
}

interface Fitted {
  readonly learned: Pick<DayExpectation, 'day' | 'windowMinutes' | 'dispersion'>
  readonly observedDays: number | null
  readonly profile: WholeReply['profile']
}

function withBaseline(
  row: SeriesRow,
  errorCode: string | null,
  { learned, observedDays, profile }: Fitted,
): WholeReply {
  return {
    ...headOf(row, errorCode),
    standing: 'dense',
    sentence: denseSentence(row, errorCode, summaryOf(profile, observedDays)),
    asOf: rfc3339(learned.day * DAY_MS),
    observedDays,
    dispersion: learned.dispersion.map(({ windows, phi, alpha }) => ({
      minutes: windows * learned.windowMinutes,
      phi,
      alpha,
    })),
    profile,
    law: null,
  }
}

interface Unfitted {
  readonly errorCode: string | null
  readonly neededDays: number | null
  /** Null: today. */
  readonly day: number | null
}

function unfitted({ errorCode, standing }: StoredBaseline): Omit<Unfitted, 'day'> {
  const stood = standing as Standing
  return { errorCode, neededDays: stood.kind === 'learning' ? stood.neededDays : null }
}

function withoutBaseline(book: LawBook, row: SeriesRow, asked: Unfitted): WholeReply {
  const { errorCode, neededDays } = asked
  const lawDay = asked.day ?? book.today(row.account)
  const law = book.lawOn(row, errorCode, lawDay)
  return {
    ...headOf(row, errorCode),
    standing: neededDays === null ? 'sparse' : 'learning',
    sentence: sparseSentence(row, errorCode, { law, neededDays }),
    asOf: rfc3339(lawDay * DAY_MS),
    observedDays: null,
    dispersion: [],
    profile: [],
    law,
  }
}

function headOf(row: SeriesRow, errorCode: string | null) {
  const { id, account, region, category, eventSource, eventName } = row
  return { series: id, account, region, category, eventSource, eventName, errorCode }
}
