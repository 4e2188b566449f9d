import {
  type BurstLaw,
  band,
  type DayExpectation,
  LOOSEST,
  rarityInAccount,
  type Score,
  type Verdict,
  type whyNot,
} from '../../models/index.ts'
import { weekHour } from '../base/times.ts'

/** What is known of a window, for the words about it. */
export interface WindowFacts {
  readonly window: number
  readonly windowMinutes: number
  readonly errorCode: string | null
  readonly count: number
  /** Calls, or errors, that suppressions keep out of it. */
  readonly dropped: number
  readonly expectation: DayExpectation | null
  readonly law: BurstLaw | null
}

/** One sentence on a window that has a score. */
export function judgedSentence(
  facts: WindowFacts,
  score: Score,
  { verdict, gate }: { readonly verdict: Verdict; readonly gate: string },
): string {
  const minutes = (score.untilWindow - score.fromWindow) * facts.windowMinutes
  const span = `The window judged is ${minutes} minutes long: ${score.count}, against ${score.expected.toFixed(1)} expected.`
  return `${opening(facts)} ${span} ${VERDICTS[verdict]}: ${gate}.`
}

/** One sentence on a window too ordinary for a score. */
export function quietSentence(facts: WindowFacts): string {
  return `${opening(facts)} ${VERDICTS.quiet}: ${ORDINARY}.`
}

const VERDICTS = {
  alarm: 'It raised an alarm',
  lingering: 'It keeps an alarm going, but begins none',
  quiet: 'It stayed quiet',
} as const

/** What a window without a score is. */
export const ORDINARY: string = `ordinary: windows as unusual as this come more than ${Math.floor(Math.exp(-rarityInAccount(LOOSEST)))} times a week in this account`

/** Which gate held a window back, in words; null: none did. */
export function gateWords(held: ReturnType<typeof whyNot>): string {
  if (held === null) return 'passed every gate'
  if (held.gate === 'no-score') return ORDINARY
  const { gate, has, needs } = held
  return `${GATES[gate]}: ${short(has)}, and ${short(needs)} is needed`
}

const GATES = {
  surprise: 'not surprising enough for the alarm budget',
  count: 'too few',
  ratio: 'too few for what is expected (floors.ratio)',
  difference: 'too close to what is expected (the difference)',
} as const

const short = (number: number): string => String(Number(number.toFixed(2)))

function opening(facts: WindowFacts): string {
  const { count, dropped, expectation, errorCode, window, windowMinutes } = facts
  const noun = errorCode === null ? 'call' : `${errorCode} error`
  const seen = `${count} ${noun}${count === 1 ? '' : 's'} in ${windowMinutes} minutes${droppedWords(dropped)}`
  if (expectation === null) return `${seen}${typicalBurst(facts)}.`
  const { low, high } = band(expectation, { from: window, until: window + 1 })
  return `${seen}; ${low} to ${high} are normal ${weekHour(window * windowMinutes * 60_000)}.`
}

const droppedWords = (dropped: number): string =>
  dropped === 0 ? '' : ` (and ${dropped} that suppressions drop from the counts)`

function typicalBurst({ law, errorCode }: WindowFacts): string {
  if (law === null) return ''
  const noun = errorCode === null ? 'calls' : 'errors'
  return `; a burst on such a rarely used API is typically ${Math.round(Math.exp(law.location))} ${noun}, and ${law.perWeek.toFixed(1)} bursts a week are normal in this account`
}
