import { overdispersed } from '../draws.ts'
import { between, type Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import { emptyStream, type Stream } from '../truth.ts'
import { spreadCalls } from './sessions.ts'

/** Work by the clock: a run every so often, starting a little late, of about the same size. */
export interface JobLaw {
  readonly periodHours: number
  /** Hours from the Monday midnight to the first run. */
  readonly offsetHours: number
  /** A run starts up to this late. */
  readonly jitterMinutes: number
  readonly durationMinutes: number
  /** Expected calls of a run. */
  readonly size: number
  /** Relative variance of a run's size, beside chance. */
  readonly alpha: number
  /** Saturdays and Sundays off. */
  readonly weekdaysOnly: boolean
}

/** The runs there would be with nothing in their way, in hours from the Monday midnight. */
export function runsOf(timeline: Timeline, law: JobLaw): readonly number[] {
  const runs: number[] = []
  const hours = timeline.buckets / timeline.perHour
  for (let hour = law.offsetHours; hour < hours; hour += law.periodHours) {
    if (!law.weekdaysOnly || Math.floor(hour / 24) % 7 < 5) runs.push(hour)
  }
  return runs
}

/** `level` scales each run's size by where it starts; 0 means no run. */
export function drawJobs(
  random: Random,
  timeline: Timeline,
  law: JobLaw,
  level: Float64Array,
): Stream {
  const stream = emptyStream(timeline)
  for (const hour of runsOf(timeline, law)) {
    const size = law.size * (level[Math.floor(hour * timeline.perHour)] as number)
    if (size === 0) continue
    const variance = size + law.alpha * size * size
    const from = (hour + between(random, 0, law.jitterMinutes) / 60) * timeline.perHour
    spreadCalls(random, stream.counts, overdispersed(random, size, variance), {
      from,
      length: lengthOf(timeline, law),
    })
    addRun(stream.truth, timeline, law, { hour, size, variance })
  }
  return stream
}

const lengthOf = (timeline: Timeline, { durationMinutes }: JobLaw): number =>
  (durationMinutes / 60) * timeline.perHour

interface RunTruth {
  readonly hour: number
  readonly size: number
  readonly variance: number
}

/** Adds one run's mean and variances, over all the minutes at which it might have started. */
function addRun(truth: Stream['truth'], timeline: Timeline, law: JobLaw, run: RunTruth): void {
  const length = lengthOf(timeline, law)
  const late = (law.jitterMinutes / 60) * timeline.perHour
  const begin = run.hour * timeline.perHour
  for (let at = Math.floor(begin); at < begin + late + length; at++) {
    if (at >= timeline.buckets) return
    const { first, second, before, beforeSquare } = sharesAt(at, { begin, late, length })
    const { size, variance } = run
    const more = (values: Float64Array, amount: number): void => {
      values[at] = (values[at] as number) + amount
    }
    more(truth.mean, size * first)
    more(
      truth.variance,
      (size * size + variance - size) * second + size * first - size * size * first * first,
    )
    more(truth.spanVariance, variance * first)
    more(truth.edgeVariance, size * size * Math.max(0, beforeSquare - before * before))
  }
}

/** Moments, over the start, of the share of a run inside a bucket and before it. */
function sharesAt(
  at: number,
  {
    begin,
    late,
    length,
  }: { readonly begin: number; readonly late: number; readonly length: number },
): { first: number; second: number; before: number; beforeSquare: number } {
  const steps = 30
  const sums = { first: 0, second: 0, before: 0, beforeSquare: 0 }
  for (let step = 0; step < steps; step++) {
    const from = begin + (late * (step + 0.5)) / steps
    const before = Math.min(1, Math.max(0, (at - from) / length))
    const inside = Math.min(1, Math.max(0, (at + 1 - from) / length)) - before
    sums.first += inside / steps
    sums.second += (inside * inside) / steps
    sums.before += before / steps
    sums.beforeSquare += (before * before) / steps
  }
  return sums
}
