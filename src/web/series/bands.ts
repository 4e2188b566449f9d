import type { Exclusion, Stretch } from '../api/answers.ts'
import type { Span } from '../lanes/lanes.ts'
import { shortPrincipal } from '../state/words.ts'

/** What a stretch of a chart is shaded for. */
export type BandKind =
  | 'suppressed'
  | 'dropped'
  | 'partly'
  | 'unreported'
  | 'unlearned'
  | 'excluded'
  | 'gap'

/** A stretch of time in which a series was not reported, taught nothing, or was not delivered whole. */
export interface Band extends Span {
  readonly kind: BandKind
  /** What it is, for people. */
  readonly title: string
  readonly reason: string
}

/** What each kind means, in the order of legends. */
export const BAND_WORDS: Readonly<Record<BandKind, string>> = {
  suppressed: 'suppressed: not reported',
  dropped: 'suppressed: not counted',
  partly: 'suppressed in part',
  unreported: 'calendar: not reported',
  unlearned: 'calendar: not learned from',
  excluded: 'calendar: neither reported nor learned from',
  gap: 'gap in the trail',
}

/** What settings exclude, as bands; what has no beginning or end reaches as far as can be seen. */
export function excludedBands(exclusions: readonly Exclusion[]): readonly Band[] {
  return exclusions.map(({ kind, title, reason, startTime, endTime, skip, only }) => ({
    fromMs: startTime === null ? Number.NEGATIVE_INFINITY : Date.parse(startTime),
    untilMs: endTime === null ? Number.POSITIVE_INFINITY : Date.parse(endTime),
    kind: kind === 'calendar' ? calendarKind(skip) : suppressionKind({ skip, only }),
    title: title ?? `${skip.length > 1 ? 'not counted' : 'not reported'}${onlyText(only)}`,
    reason,
  }))
}

function calendarKind(skip: Exclusion['skip']): BandKind {
  if (skip.length > 1) return 'excluded'
  return skip[0] === 'learning' ? 'unlearned' : 'unreported'
}

function suppressionKind({ skip, only }: Pick<Exclusion, 'skip' | 'only'>): BandKind {
  if (Object.keys(only).length > 0) return 'partly'
  return skip.length > 1 ? 'dropped' : 'suppressed'
}

function onlyText({ principal, userAgent, direction, errorCode }: Exclusion['only']): string {
  return [
    direction !== undefined && (direction === 'up' ? ', rises only' : ', falls only'),
    principal !== undefined && `, by ${shortPrincipal(principal)}`,
    userAgent !== undefined && `, with ${userAgent}`,
    errorCode !== undefined && `, ${errorCode} errors`,
  ]
    .filter((part) => part !== false)
    .join('')
}

const STRETCH_WORDS = new Map(
  Object.entries({
    gap: 'logging or validation was off',
    missing: 'a digest or file is not there',
    damaged: 'something is not as CloudTrail signed it',
  }),
)

/** Where the trail is known to have holes, as bands. */
export function gapBands(stretches: readonly Stretch[]): readonly Band[] {
  return stretches.flatMap(({ from, to, state }) => {
    const reason = STRETCH_WORDS.get(state)
    if (reason === undefined) return []
    const [fromMs, untilMs] = [Date.parse(from), Date.parse(to)]
    return [{ kind: 'gap' as const, title: state, reason, fromMs, untilMs }]
  })
}

/** The kinds that there are, in the order of legends. */
export function kindsIn(bands: readonly Band[]): readonly BandKind[] {
  const kinds = Object.keys(BAND_WORDS) as BandKind[]
  return kinds.filter((kind) => bands.some((band) => band.kind === kind))
}
