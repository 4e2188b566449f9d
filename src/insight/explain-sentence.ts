import type { Direction } from './insight.ts'
import { type Principal, shortPrincipal } from './principal.ts'

const HOUR_MINUTES = 60
const WEEKS_IN_TEN_YEARS = 3652.425 / 7

/** What is normal for a window: a range of whole counts, or only a limit where an API is too rare for one. */
export type NormalCount =
  | { readonly low: number; readonly high: number }
  | { readonly fewerThan: number }

/** The numbers one sentence is made of. */
export interface SentenceParts {
  /** Calls, or errors where `errorCode` is given, in `minutes` minutes. */
  readonly count: number
  readonly minutes: number
  readonly errorCode: string | null
  readonly direction: Direction
  /** null: nothing is known, since nothing came before. */
  readonly normal: NormalCount | null
  /** When that is normal: `on Mondays at 10:00 UTC`; null where it holds at any time. */
  readonly slot: string | null
  /** -ln of the alarms like this one expected per account-week. */
  readonly score: number
  /** The first calls of this API ever seen in this account. */
  readonly firstSeen: boolean
  readonly principal: Principal | null
}

/**
 * What happened, in one sentence for a tired engineer: how much, what is normal, how rare that is, who did it.
 * `412 calls in 5 minutes; between 40 and 95 are normal on Mondays at 10:00 UTC; once in 140 weeks; 97 % by role/ci-runner, new on this API`.
 */
export function sentenceOf(parts: SentenceParts): string {
  const clauses = [
    `${quantityOf(parts)} in ${spanOf(parts.minutes)}`,
    ...(parts.normal === null ? [] : [normalClause(parts.normal, parts.slot)]),
    rarityOf(parts.score),
    ...(parts.firstSeen ? ['first calls of this API in this account'] : []),
    ...(parts.principal === null ? [] : [authorOf(parts.principal, parts)]),
  ]
  return clauses.join('; ')
}

/** What is normal, and when. */
export function normalClause(normal: NormalCount, slot: string | null): string {
  return [normalOf(normal), ...(slot === null ? [] : [slot])].join(' ')
}

function quantityOf({ count, errorCode }: SentenceParts): string {
  const noun = errorCode === null ? 'call' : `${errorCode} error`
  if (count === 0) return `no ${noun}s`
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A length of time in minutes, or in hours where they are whole. */
export function spanOf(minutes: number): string {
  const inHours = minutes % HOUR_MINUTES === 0
  const amount = inHours ? minutes / HOUR_MINUTES : minutes
  return `${amount} ${inHours ? 'hour' : 'minute'}${amount === 1 ? '' : 's'}`
}

function normalOf(normal: NormalCount): string {
  if ('fewerThan' in normal) {
    const limit = Math.ceil(normal.fewerThan)
    return limit <= 1 ? 'none is normal' : `fewer than ${limit} are normal`
  }
  const [low, high] = [Math.floor(normal.low), Math.ceil(normal.high)]
  const verb = high === 1 ? 'is' : 'are'
  if (high <= 0) return 'none is normal'
  if (low <= 0) return `at most ${high} ${verb} normal`
  return low === high ? `${low} ${verb} normal` : `between ${low} and ${high} are normal`
}

/**
 * How often an account sees something as surprising. Weeks are cut down and alarms a week rounded up, so
 * that the words never promise more than the score, and never more than ten years: beyond, the score
 * is extrapolated past any history.
 */
export function rarityOf(score: number): string {
  const weeks = Math.exp(score) * (1 + 1e-9)
  if (weeks > WEEKS_IN_TEN_YEARS) return 'rarer than once in 10 years'
  if (weeks >= 2) return `once in ${Math.floor(weeks)} weeks`
  if (weeks >= 1) return 'once a week'
  return `${Math.ceil(1 / weeks)} times a week`
}

function authorOf(principal: Principal, { direction, firstSeen }: SentenceParts): string {
  const share = `${percentOf(principal.share)} %`
  const name = shortPrincipal(principal.value)
  if (direction === 'down') return `${share} of what is missing is by ${name}`
  return `${share} by ${name}${principal.isNew && !firstSeen ? ', new on this API' : ''}`
}

/** Whole percents; 100 only where nothing else took part. */
function percentOf(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.round(share * 100))
}
