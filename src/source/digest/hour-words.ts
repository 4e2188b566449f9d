import type { Span } from './archive.ts'
import { hoursAround, joined, type Stretch, wholeHours, without } from './stretches.ts'
import type { VerdictKind } from './verdict.ts'

/** What is wrong with a time; `unknown`: nobody can tell, so nothing is said of it. */
export type Blemish = 'gap' | 'missing' | 'damaged' | 'unknown'

export interface Mark extends Stretch {
  readonly blemish: Blemish
}

/** Whole clock hours of deliveries, in one state; epoch milliseconds. */
export interface HourWord extends Stretch {
  readonly state: 'proven' | Exclude<Blemish, 'unknown'>
}

/** What one trail's digests say of a place. */
export interface ChainWord {
  readonly covered: readonly Stretch[]
  readonly marks: readonly Mark[]
  /** From where to where there should be a digest for every hour. */
  readonly reach: Stretch
}

const BLEMISHES: Readonly<Partial<Record<VerdictKind, Blemish>>> = {
  'missing-digest': 'missing',
  'missing-log': 'missing',
  'altered-digest': 'damaged',
  'malformed-digest': 'damaged',
  'moved-digest': 'damaged',
  'unknown-algorithm': 'damaged',
  'altered-log': 'damaged',
  'trailing-data': 'damaged',
  'damaged-log': 'damaged',
  // A signature, key, bucket or permission that whoever verifies lacks says nothing of the files.
  unsigned: 'unknown',
  'unknown-key': 'unknown',
  elsewhere: 'unknown',
  unreadable: 'unknown',
}

/** What a finding means for the time of its file; undefined: nothing is amiss. */
export const blemishOf = (kind: VerdictKind): Blemish | undefined => BLEMISHES[kind]

/**
 * Whole hours in a span by what a trail says of them, each the worst that touches it; ascending and apart. The time within its reach that
 * neither a digest nor a gap speaks for is missing. Hours it only partly reaches, or of which nobody can tell, are left out.
 */
export function hourWords(
  { covered, marks, reach }: ChainWord,
  { fromMs, untilMs }: Span,
): readonly HourWord[] {
  const span = { fromMs, untilMs: untilMs ?? Number.MAX_SAFE_INTEGER }
  const holes = without([reach], [...covered, ...marks])
  const of = (blemish: Blemish): readonly Stretch[] =>
    hoursAround(marks.filter((mark) => mark.blemish === blemish))
  const damaged = of('damaged')
  const missing = without(joined([...of('missing'), ...hoursAround(holes)]), damaged)
  const unknown = of('unknown')
  const gaps = without(of('gap'), [...damaged, ...missing, ...unknown])
  const proven = without(wholeHours(covered), [...damaged, ...missing, ...unknown, ...gaps])
  const states = { damaged, missing, gap: gaps, proven }
  return (['damaged', 'missing', 'gap', 'proven'] as const)
    .flatMap((state) =>
      wholeHours(clipped(states[state], span)).map((each) => ({ ...each, state })),
    )
    .sort((one, other) => one.fromMs - other.fromMs)
}

/** What of the stretches lies in a span. */
export function clipped(
  stretches: readonly Stretch[],
  { fromMs, untilMs }: Stretch,
): readonly Stretch[] {
  return stretches
    .map((each) => ({
      fromMs: Math.max(each.fromMs, fromMs),
      untilMs: Math.min(each.untilMs, untilMs),
    }))
    .filter((each) => each.fromMs < each.untilMs)
}
