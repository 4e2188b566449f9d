import type { Curve, Point } from './sweep.ts'

/** False events per series-week at which the share of labels found is quoted. */
export const BUDGETS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

/** The best share of labels that any threshold hits with at most so many false events per series-week. */
export function podAt(curve: Curve, falsePerWeek: number): number {
  return (bestAt(curve, falsePerWeek)?.hits ?? 0) / Math.max(1, curve.labels)
}

/** The threshold that hits most within a budget of false events per series-week; the strictest of several. */
export function bestAt({ points, seriesWeeks }: Curve, falsePerWeek: number): Point | undefined {
  let best: Point | undefined
  for (const point of points) {
    if (point.falseEvents > falsePerWeek * seriesWeeks) continue
    if (best === undefined || point.hits > best.hits) best = point
  }
  return best
}

/** Labels hit / (labels hit + false events). */
export const precisionOf = ({ hits, falseEvents }: Point): number =>
  hits === 0 ? 0 : hits / (hits + falseEvents)

/**
 * Step-wise area under precision over the share of labels hit. Looser thresholds may hit fewer labels,
 * as events grow together and begin before the label; only what is newly reached adds to the area.
 */
export function areaUnder({ points, labels }: Curve): number {
  let area = 0
  let reached = 0
  for (const point of points) {
    if (point.hits <= reached) continue
    area += ((point.hits - reached) / labels) * precisionOf(point)
    reached = point.hits
  }
  return area
}
