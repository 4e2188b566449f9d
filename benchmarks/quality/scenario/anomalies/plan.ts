import { between, logBetween, pick, type Random } from '../random.ts'
import type { Made } from '../shapes/shapes.ts'
import type { Timeline } from '../timeline.ts'
import { type Kind, type Strength, UNSCORED_DAYS } from '../work.ts'
import type { Slot } from './site.ts'

interface KindPlan {
  readonly kind: Kind
  /** How many of a hundred anomalies, where the series allows it. */
  readonly share: number
  /** Length in hours, on a logarithmic scale. */
  readonly hours: readonly [number, number]
}

const KINDS: readonly KindPlan[] = [
  { kind: 'spike', share: 27, hours: [1 / 12, 0.5] },
  { kind: 'sustained-rise', share: 21, hours: [2, 12] },
  { kind: 'drop', share: 14, hours: [2, 12] },
  { kind: 'shifted-timing', share: 9, hours: [20, 20] },
  { kind: 'error-burst', share: 13, hours: [1 / 12, 2] },
  { kind: 'slow-error-rise', share: 8, hours: [8, 48] },
  { kind: 'rare-code-burst', share: 8, hours: [1 / 12, 2] },
]

const STRENGTHS: readonly Strength[] = ['low', 'medium', 'high']

/** Anomalies of one series begin at least so far apart from each other's ends. */
const APART_HOURS = 30

export const isErrorKind = (kind: Kind): boolean => /error|code/.test(kind)

/** Draws one kind of those that could happen to such a series. */
export function drawKind(random: Random, { job, season, stream }: Made, timeline: Timeline): Kind {
  const hourly =
    (stream.truth.mean.reduce((sum, mean) => sum + mean, 0) / timeline.buckets) * timeline.perHour
  const allowed = KINDS.filter(({ kind }) => {
    if (kind === 'drop') return hourly >= 5
    if (kind === 'shifted-timing') return (job?.periodHours ?? 0) >= 6 || season !== null
    if (kind === 'slow-error-rise') return hourly >= 5
    return true
  })
  let mark = random.uniform() * allowed.reduce((sum, { share }) => sum + share, 0)
  for (const { kind, share } of allowed) {
    mark -= share
    if (mark < 0) return kind
  }
  return 'spike'
}

/** Where anomalies may begin, and what they must keep away from. */
export interface Room {
  /** First bucket of all, of an API that is new. */
  readonly born: number
  readonly taken: readonly { readonly from: number; readonly until: number }[]
}

/** A free place for an anomaly of a kind; null where the dice found none. */
export function drawSlot(
  random: Random,
  timeline: Timeline,
  kind: Kind,
  { born, taken }: Room,
): Slot | null {
  const hours = logBetween(random, ...(KINDS.find((each) => each.kind === kind) as KindPlan).hours)
  const buckets = Math.max(1, Math.round(hours * timeline.perHour))
  const earliest =
    born >= timeline.perDay ? born + 12 * timeline.perHour : UNSCORED_DAYS * timeline.perDay
  const from = Math.floor(
    between(random, earliest, timeline.buckets - buckets - timeline.perDay / 2),
  )
  const until = from + buckets
  if (from < earliest) return null
  const apart = APART_HOURS * timeline.perHour
  if (taken.some((other) => from < other.until + apart && other.from < until + apart)) return null
  return { from, until, strength: pick(random, STRENGTHS) }
}
