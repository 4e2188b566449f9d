import type { OverviewInsight } from '../api/answers.ts'
import { apiOf, serviceOf } from '../state/words.ts'

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

/** A service, or one of its APIs, through time. */
export interface Lane {
  readonly service: string
  /** null: all of the service's. */
  readonly api: string | null
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

/** A lane for each service, the worst first, each followed by those of its APIs where it is `open`. */
export function lanesOf(
  insights: readonly OverviewInsight[],
  grid: Grid,
  open: ReadonlySet<string>,
): readonly Lane[] {
  const seen = insights.filter((insight) => overlap(spanOf(insight), grid))
  const services = groups(seen, ({ eventSource }) => serviceOf(eventSource))
  return sorted(
    [...services].map(([service, rows]) => laneOf({ service, api: null }, rows, grid)),
  ).flatMap((lane) => {
    if (!open.has(lane.service)) return [lane]
    const apis = groups(services.get(lane.service) ?? [], ({ eventSource, eventName }) =>
      apiOf(eventSource, eventName),
    )
    const under = [...apis].map(([api, rows]) => laneOf({ service: lane.service, api }, rows, grid))
    return [lane, ...sorted(under)]
  })
}

function laneOf(
  name: Pick<Lane, 'service' | 'api'>,
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
  const nameOf = ({ service, api }: Lane) => api ?? service
  return [...lanes].sort((a, b) => b.severity - a.severity || (nameOf(a) < nameOf(b) ? -1 : 1))
}
