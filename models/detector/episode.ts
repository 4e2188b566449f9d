import type { Grid } from '../series/grid.ts'
import type { Metric } from '../series/history.ts'
import type { Verdict } from './decide.ts'
import type { Family, Score } from './score.ts'

/** One anomaly of one series in one direction, from its first alarm on. */
export interface Episode {
  readonly key: string
  readonly metric: Metric
  readonly direction: 'up' | 'down'
  /** Of the score that began it. */
  readonly family: Family
  readonly startWindow: number
  /** One past the last unusual window; null while it may still go on. */
  readonly endWindow: number | null
  readonly trigger: Score
  /** The most surprising of its alarms, the first of equals. */
  readonly peak: Score
  /** Its last word was a level that nobody confirmed yet. */
  readonly unconfirmed: boolean
}

/** An episode on its way, with the end it would have. */
interface Ongoing {
  readonly startWindow: number
  readonly endWindow: number
  readonly trigger: Score
  readonly peak: Score
  /** The last window it was warm in: alarming, or lingering without a pause since. */
  readonly warmWindow: number
  readonly unconfirmed: boolean
}

/** Minutes without even a lingering score after which an anomaly is over… */
const QUIET_MINUTES = 30
const QUIET_WINDOWS = 2
/** …and after that, minutes in which another alarm continues it. */
const MERGE_MINUTES = 180

/**
 * The anomalies in the scores of one series, metric and direction, which come in the order of their
 * windows. One begins with an alarm, goes on while scores linger, and takes in alarms that follow
 * within 3 hours of its end; it is closed when none can any more, given that all windows before
 * `untilWindow` are scored. Episodes of one direction never overlap.
 */
export function episodesOf(
  scores: readonly Score[],
  verdictOf: (score: Score) => Verdict,
  { windowMinutes, untilWindow }: Grid & { readonly untilWindow: number },
): readonly Episode[] {
  const patience = patienceOf(windowMinutes)
  const episodes: Ongoing[] = []
  for (const score of scores) {
    const verdict = verdictOf(score)
    const current = episodes.at(-1)
    // What only says that a level still stands speaks of its whole span, not of its end.
    const since = score.unconfirmed ? score.fromWindow : score.untilWindow
    const pause = since - (current?.warmWindow ?? Number.NEGATIVE_INFINITY)
    if (verdict === 'alarm') {
      if (current === undefined || pause > patience.merge) episodes.push(begin(score, current))
      else episodes[episodes.length - 1] = goOn(current, score)
    } else if (verdict === 'lingering' && current !== undefined && pause <= patience.quiet) {
      episodes[episodes.length - 1] = linger(current, score)
    }
  }
  return episodes.map((each) => episodeOf(each, untilWindow >= each.warmWindow + patience.merge))
}

/** Windows without warmth that an anomaly lingers through, and that an alarm may still continue it after. */
function patienceOf(windowMinutes: number): { readonly quiet: number; readonly merge: number } {
  const quiet = Math.max(QUIET_WINDOWS, Math.ceil(QUIET_MINUTES / windowMinutes))
  return { quiet, merge: quiet + Math.ceil(MERGE_MINUTES / windowMinutes) }
}

function begin(trigger: Score, former: Ongoing | undefined): Ongoing {
  return {
    startWindow: Math.max(trigger.fromWindow, former?.endWindow ?? trigger.fromWindow),
    endWindow: trigger.untilWindow,
    trigger,
    peak: trigger,
    warmWindow: trigger.standsUntil,
    unconfirmed: false,
  }
}

function goOn(current: Ongoing, alarm: Score): Ongoing {
  return {
    ...current,
    endWindow: Math.max(current.endWindow, alarm.hotUntilWindow),
    peak: alarm.surprise > current.peak.surprise ? alarm : current.peak,
    warmWindow: Math.max(current.warmWindow, alarm.standsUntil),
    unconfirmed: false,
  }
}

function linger(current: Ongoing, score: Score): Ongoing {
  const warmWindow = Math.max(current.warmWindow, score.standsUntil)
  if (!score.unconfirmed) return { ...current, warmWindow }
  return { ...current, warmWindow, endWindow: score.untilWindow, unconfirmed: true }
}

function episodeOf(
  { startWindow, endWindow, trigger, peak, unconfirmed }: Ongoing,
  closed: boolean,
): Episode {
  const { key, metric, direction, family } = trigger
  return {
    key,
    metric,
    direction,
    family,
    startWindow,
    endWindow: closed ? endWindow : null,
    trigger,
    peak,
    unconfirmed,
  }
}
