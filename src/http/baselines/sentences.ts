import { serviceOf } from '../../insight/service.ts'
import type { SeriesRow } from '../../store/store.ts'
import type { LawReply } from './law.ts'
import type { SlotReply } from './slots.ts'

/** What a dense series expects over several hours, and in the busiest of them. */
export interface Summary {
  readonly total: number
  readonly hours: number
  readonly busiest: SlotReply
  /** Null: not kept. */
  readonly observedDays: number | null
}

/** The summary of a profile; undefined for one without hours. */
export function summaryOf(
  profile: readonly SlotReply[],
  observedDays: number | null,
): Summary | undefined {
  const [first, ...others] = profile
  if (first === undefined) return undefined
  const busiest = others.reduce((a, b) => (b.expected > a.expected ? b : a), first)
  const total = profile.reduce((sum, slot) => sum + slot.expected, 0)
  return { total, hours: profile.length, busiest, observedDays }
}

/** What is normal for an API with a baseline of its own: in one hour, or over several with the busiest. */
export function denseSentence(
  row: SeriesRow,
  errorCode: string | null,
  summary: Summary | undefined,
): string {
  if (summary === undefined) return `${nameOf(row, errorCode)}: that day has no such hour.`
  const { total, hours, busiest, observedDays } = summary
  const learned = observedDays === null ? '' : `, learned from ${observedDays} days`
  if (hours === 1) return `${nameOf(row, errorCode)}: ${hourWords(busiest)}${learned}.`
  const span = hours === 168 ? 'a week' : `in these ${hours} hours`
  return `${nameOf(row, errorCode)}: about ${rounded(total)} expected ${span}${learned}; the busiest hour: ${hourWords(busiest)}.`
}

interface SparseWords {
  readonly law: LawReply | null
  /** Days still needed before the API stops being new; null: it is rarely used, not new. */
  readonly neededDays: number | null
}

/** What is normal for an API without a baseline of its own. */
export function sparseSentence(
  row: SeriesRow,
  errorCode: string | null,
  { law, neededDays }: SparseWords,
): string {
  const why =
    neededDays === null
      ? 'too rare for a baseline of its own'
      : `new, ${neededDays} more days until it counts as rare`
  const limit =
    law === null
      ? 'nothing was scored yet'
      : `judged by the bursts of all rarely used APIs of the account, so that ${law.smallestNoticed} in one burst would be reported`
  return `${nameOf(row, errorCode)}: ${why}; ${limit}.`
}

function nameOf({ eventSource, eventName }: SeriesRow, errorCode: string | null): string {
  const api = `${serviceOf(eventSource)} ${eventName}`
  return errorCode === null ? `Calls of ${api}` : `${errorCode} of ${api}`
}

function hourWords({ weekday, hour, expected, low, high }: SlotReply): string {
  const time = `${String(hour).padStart(2, '0')}:00`
  return `${weekday}s at ${time} UTC ${rounded(expected)} are expected in the hour, ${low} to ${high} are normal`
}

/** Two significant digits of small numbers, no fraction of large ones. */
function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)))
}
