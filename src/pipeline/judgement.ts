import {
  decide,
  rarityInAccount,
  rarityNeeded,
  type Score,
  whyNot,
  withOverride,
} from '../../models/index.ts'
import type { Settings } from '../base/settings.ts'
import { rfc3339 } from '../base/times.ts'
import type { Silence } from '../insight/silence.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { sensitivityOf } from './decide-account.ts'
import { overridesFor, together } from './overrides.ts'
import { silencedAt } from './silenced-at.ts'
import {
  gateWords,
  judgedSentence,
  ORDINARY,
  quietSentence,
  type WindowFacts,
} from './why-words.ts'

/** Why a window of a series was reported, or why it was not. Counts are of one window of the grid unless said otherwise. */
export interface Explanation {
  readonly series: string
  /** RFC 3339: the start of the window. */
  readonly at: string
  readonly standing: string
  readonly count: number
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  /** -ln of the windows like this expected per account-week; null: too ordinary to be kept. */
  readonly surprise: number | null
  readonly needed: number | null
  readonly verdict: string
  readonly gates: string[]
  readonly sentence: string
  readonly arithmetic: Record<string, number | string>
}

/** A window of a series, with its score. */
export interface JudgedWindow extends WindowFacts {
  readonly series: SeriesRow
  /** Undefined: too ordinary for one. */
  readonly score: Score | undefined
}

/** What was decided about a window, and why. */
export type Judgement = Pick<Explanation, 'surprise' | 'needed' | 'verdict' | 'gates' | 'sentence'>

/** Decides about a window again, as a run with these settings does. */
export function judgementOf(
  context: JudgedWindow,
  settings: Settings,
  store: StoreReader,
): Judgement {
  const { score, window, windowMinutes, series } = context
  const marks = store.watermarks(series.account)
  const known = marks.find(({ region }) => region === series.region)
  const knownMs = known?.watermarkMs ?? Number.NEGATIVE_INFINITY
  if (knownMs < (window + 1) * windowMinutes * 60_000) return incomplete(knownMs)
  const nothing = { surprise: null, needed: null }
  if (score === undefined) {
    return { ...nothing, verdict: 'quiet', gates: [ORDINARY], sentence: quietSentence(context) }
  }
  const judged = { series, errorCode: context.errorCode, direction: score.direction }
  const sensitivity = withOverride(
    sensitivityOf(store, settings)(score.untilWindow),
    together(overridesFor(settings.overrides, judged)),
  )
  const verdict = decide(score, sensitivity)
  const gate = gateWords(whyNot(score, sensitivity))
  const atMs = window * windowMinutes * 60_000
  const silence =
    verdict === 'alarm'
      ? silencedAt(store, settings, { series, errorCode: context.errorCode, atMs })
      : undefined
  if (silence !== undefined) {
    return silencedWords(score, context, { silence, suppressions: settings.suppressions })
  }
  return {
    surprise: rarityInAccount(score.surprise),
    needed: rarityNeeded(sensitivity, score.family),
    verdict,
    gates: [gate],
    sentence: judgedSentence(context, score, { verdict, gate }),
  }
}

function silencedWords(
  score: Score,
  context: JudgedWindow,
  { silence, suppressions }: { silence: Silence } & Pick<Settings, 'suppressions'>,
): Judgement {
  const gate =
    'calendar' in silence
      ? `it began while the calendar ${silence.calendar.name} of the settings skips results (${silence.calendar.reason})`
      : `silenced by rule ${suppressions.indexOf(silence.suppression) + 1} of the suppressions (${silence.suppression.reason})`
  const verdict = 'quiet'
  return {
    surprise: rarityInAccount(score.surprise),
    ...{ needed: null, verdict, gates: [gate] },
    sentence: judgedSentence(context, score, { verdict, gate }),
  }
}

function incomplete(knownMs: number): Judgement {
  const until = Number.isFinite(knownMs) ? `known up to ${rfc3339(knownMs)}` : 'not known at all'
  const gate = `the window is not complete: data of this account and Region is ${until}`
  return {
    ...{ surprise: null, needed: null, verdict: 'incomplete' },
    ...{ gates: [gate], sentence: `Not judged yet: ${gate}.` },
  }
}
