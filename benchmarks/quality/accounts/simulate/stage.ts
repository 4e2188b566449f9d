import type { AccountKind, Change, Principal } from './account-work.ts'
import { isWeekend } from './calendar.ts'
import { type Api, deniedCode } from './catalogue.ts'
import type { Random } from './random.ts'
import type { Call } from './work-log.ts'

/** Where workloads play: whole UTC days, and what they leave behind. */
export interface Stage {
  readonly kind: AccountKind
  readonly fromDay: number
  readonly untilDay: number
  /** Where most of the account's work happens. */
  readonly home: string
  /** Local time minus UTC, in hours. */
  readonly zoneHours: number
  /** Whether people touch the account on a day. */
  readonly isUsed: (day: number) => boolean
  readonly randomOf: (stream: string) => Random
  readonly record: (call: Call) => void
  readonly note: (change: Change) => void
}

/** One kind of work over all the days of an account. */
export type Workload = (stage: Stage) => void

/** Calls of one API in a window, before some of them fail. */
export type Attempt = Omit<Call, 'errorCode'>

/** Calls above which a service throttles in one window, and the share it then refuses. */
const THROTTLE = { above: 25, share: 0.04 }

/** Records calls, some of which fail as usual: what is not there, and throttling past a rate. */
export function call(stage: Stage, random: Random, attempt: Attempt): void {
  const { api, count } = attempt
  const usual = api.usualError === null ? 0 : random.binomial(count, api.usualError.share)
  const rushed = Math.max(0, count - usual - THROTTLE.above)
  const throttled = random.binomial(rushed, THROTTLE.share)
  fail(stage, attempt, { code: api.usualError?.code ?? '', count: usual })
  fail(stage, attempt, { code: 'ThrottlingException', count: throttled })
  const rest = count - usual - throttled
  if (rest > 0) stage.record({ ...attempt, count: rest, errorCode: null })
}

/** Records calls that are refused for lack of permission. */
export function denied(stage: Stage, attempt: Attempt): void {
  stage.record({ ...attempt, errorCode: deniedCode(attempt.api) })
}

/** Records calls that fail. */
export function fail(
  stage: Stage,
  attempt: Attempt,
  { code, count }: { readonly code: string; readonly count: number },
): void {
  if (count > 0) stage.record({ ...attempt, count, errorCode: code })
}

/** A UTC minute in office hours where the account's people live; may lie before or past the day. */
export function officeMinute({ zoneHours }: Stage, random: Random): number {
  const local = Math.min(20, Math.max(7.5, 13 + 2.4 * random.normal()))
  return (local - zoneHours) * 60
}

/** The days of work, with the share of it that is done on each: little at weekends. */
export function* workdays(
  { fromDay, untilDay, isUsed }: Stage,
  weekendShare: number,
): Generator<{ readonly day: number; readonly share: number }> {
  for (let day = fromDay; day < untilDay; day++) {
    if (isUsed(day)) yield { day, share: isWeekend(day) ? weekendShare : 1 }
  }
}

/** A day at this share of the account's span. */
export function dayAt({ fromDay, untilDay }: Stage, share: number): number {
  return Math.floor(fromDay + share * (untilDay - fromDay))
}

/** A program or person that calls. */
export function caller(name: string, shape: Principal['shape']): Principal {
  return { name, shape }
}

/** APIs apart from each other, some of which are writes. */
export function chooseApis(
  random: Random,
  pages: readonly (readonly Api[])[],
  { count, writeShare }: { readonly count: number; readonly writeShare: number },
): readonly Api[] {
  const all = pages.flat()
  const writes = Math.round(count * writeShare)
  return [
    ...random.some(
      all.filter(({ isWrite }) => !isWrite),
      count - writes,
    ),
    ...random.some(
      all.filter(({ isWrite }) => isWrite),
      writes,
    ),
  ]
}
