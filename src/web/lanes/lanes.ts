import type { OverviewInsight } from '../api/answers.ts'

/** Epoch milliseconds, `[fromMs, untilMs)`. */
export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

/** What one lane holds in one bucket of time. */
export interface Cell {
  readonly count: number
  /** The largest severity. */
  readonly severity: number
}

/** What an insight's lane is called, and the part of it that the insight falls into. */
export interface Naming {
  readonly nameOf: (insight: OverviewInsight) => string
  readonly partOf: (insight: OverviewInsight) => string
}

/** What shares a name, or part of that, through time. */
export interface Lane {
  readonly name: string
  /** null: all of `name`. */
  readonly part: string | null
  readonly severity: number
  /** By number of the bucket; those without an insight are missing. */
  readonly cells: ReadonlyMap<number, Cell>
}

/** The time that lanes are drawn over, cut into buckets of the clock. */
export interface Grid extends Span {
  readonly bucketMs: number
  readonly count: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const STEPS = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 4320, 10_080, 20_160, 43_200]
const MOST_BUCKETS = 64

/** At most 64 buckets of a round length that hold the whole span. */
export function gridOver({ fromMs, untilMs }: Span): Grid {
  const steps = STEPS.map((minutes) => minutes * MINUTE_MS)
  const fitting = steps.find((step) => (untilMs - fromMs) / step <= MOST_BUCKETS - 1)
  const bucketMs = fitting ?? Math.ceil((untilMs - fromMs) / (MOST_BUCKETS - 1) / DAY_MS) * DAY_MS
  const startMs = Math.floor(fromMs / bucketMs) * bucketMs
  const count = Math.max(1, Math.ceil((untilMs - startMs) / bucketMs))
  return { fromMs: startMs, untilMs: startMs + count * bucketMs, bucketMs, count }
}

/** From when to when an insight lasted; one that is open, at least until its start was seen. */
export function spanOf(insight: Pick<OverviewInsight, 'startTime' | 'endTime'>): Span {
  const fromMs = Date.parse(insight.startTime)
  const untilMs = insight.endTime === null ? Number.POSITIVE_INFINITY : Date.parse(insight.endTime)
  return { fromMs, untilMs: Math.max(untilMs, fromMs + MINUTE_MS) }
}

/** Whether two spans share a moment. */
export function overlap(one: Span, other: Span): boolean {
  return one.fromMs < other.untilMs && other.fromMs < one.untilMs
}

/** A lane for each name that `by` gives, the worst first, each followed by those of its parts where it is `open`. */
export function lanesOf(
  insights: readonly OverviewInsight[],
  grid: Grid,
  { nameOf, partOf }: Naming,
  open: ReadonlySet<string>,
): readonly Lane[] {
  const seen = insights.filter((insight) => overlap(spanOf(insight), grid))
  const named = groups(seen, nameOf)
  const whole = [...named].map(([name, rows]) => laneOf({ name, part: null }, rows, grid))
  return sorted(whole).flatMap((lane) => {
    if (!open.has(lane.name)) return [lane]
    const parts = groups(named.get(lane.name) ?? [], partOf)
    const under = [...parts].map(([part, rows]) => laneOf({ name: lane.name, part }, rows, grid))
    return [lane, ...sorted(under)]
  })
}

function laneOf(
  name: Pick<Lane, 'name' | 'part'>,
  insights: readonly OverviewInsight[],
  grid: Grid,
): Lane {
  const cells = new Map<number, Cell>()
  for (const insight of insights) {
    const span = spanOf(insight)
    const first = Math.max(0, Math.floor((span.fromMs - grid.fromMs) / grid.bucketMs))
    const end = Math.min(grid.count, Math.ceil((span.untilMs - grid.fromMs) / grid.bucketMs))
    for (let at = first; at < end; at++) {
      const { count, severity } = cells.get(at) ?? { count: 0, severity: 0 }
      cells.set(at, { count: count + 1, severity: Math.max(severity, insight.severity) })
    }
  }
  return { ...name, severity: Math.max(...insights.map(({ severity }) => severity)), cells }
}

function groups(
  insights: readonly OverviewInsight[],
  nameOf: (insight: OverviewInsight) => string,
): Map<string, OverviewInsight[]> {
  const found = new Map<string, OverviewInsight[]>()
  for (const insight of insights) {
    const name = nameOf(insight)
    found.set(name, [...(found.get(name) ?? []), insight])
  }
  return found
}

function sorted(lanes: readonly Lane[]): readonly Lane[] {
  const nameOf = ({ name, part }: Lane) => part ?? name
  return [...lanes].sort((a, b) => b.severity - a.severity || (nameOf(a) < nameOf(b) ? -1 : 1))
}
