import { makeSeries, type Order } from './make-series.ts'
import { type Random, randomOf, whole } from './random.ts'
import { SHAPES, type Shape } from './shapes/shapes.ts'
import { START_MS, timelineOf } from './timeline.ts'
import type { Work } from './work.ts'

export interface WorkOrder {
  readonly seed: number
  /** Series with buckets of one hour. */
  readonly hourly: number
  /** Series with buckets of five minutes. */
  readonly fineMinute5: number
  /** All of one shape, by its name; null: the mix. */
  readonly shape: string | null
  readonly weeks: number
}

/** The size that figures are quoted for: about 300 anomalies. */
export const DEFAULT_SIZE: Omit<WorkOrder, 'seed' | 'shape'> = {
  hourly: 185,
  fineMinute5: 60,
  weeks: 5,
}

/** Anomalies asked for per series; some find no room. */
const PER_SERIES = 1.3
const MOST_PER_SERIES = 4

/** Makes the labelled series of one seed: the same to the last count on every machine. */
export function makeWork({ seed, hourly, fineMinute5, weeks, shape }: WorkOrder): Work {
  const shapes = shape === null ? SHAPES : SHAPES.filter(({ name }) => name === shape)
  const series = [
    ...ordersOf(shapesFor(hourly, shapes), { seed, prefix: 'h', bucketS: 3600, weeks }),
    ...ordersOf(shapesFor(fineMinute5, shapes), { seed, prefix: 'm', bucketS: 300, weeks }),
  ].map(makeSeries)
  return { seed, startMs: START_MS, weeks, series }
}

function ordersOf(
  shapes: readonly Shape[],
  of: { readonly seed: number; readonly prefix: string; readonly bucketS: number; weeks: number },
): readonly Order[] {
  const timeline = timelineOf(of.bucketS, of.weeks)
  const quotas = quotasOf(randomOf(of.seed, `${of.prefix} quotas`), shapes.length)
  return shapes.map((shape, at) => ({
    seed: of.seed,
    key: `${of.prefix}${String(at).padStart(3, '0')}-${shape.name}`,
    shape,
    timeline,
    anomalies: quotas[at] as number,
  }))
}

/** Shapes in proportion to their shares, the same for every seed; one alone whatever its share. */
function shapesFor(count: number, shapes: readonly Shape[]): readonly Shape[] {
  const total = shapes.reduce((sum, { share }) => sum + share, 0)
  const shapeAt = (mark: number): Shape => {
    let left = mark
    for (const shape of shapes) {
      left -= shape.share
      if (left < 0) return shape
    }
    return shapes[0] as Shape
  }
  return Array.from({ length: count }, (_, at) => shapeAt(((at + 0.5) / count) * total))
}

function quotasOf(random: Random, count: number): readonly number[] {
  const quotas = new Array<number>(count).fill(0)
  for (let left = Math.round(count * PER_SERIES); left > 0; ) {
    const at = whole(random, 0, count - 1)
    if ((quotas[at] as number) >= MOST_PER_SERIES) continue
    quotas[at] = (quotas[at] as number) + 1
    left--
  }
  return quotas
}
