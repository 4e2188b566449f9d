import { scoredFrom } from '../scenario/work.ts'
import { judge } from './judge.ts'
import type { Track } from './track.ts'

/** What one threshold brings. */
export interface Point {
  readonly threshold: number
  readonly hits: number
  readonly falseEvents: number
}

/** Every threshold's outcome, from the strictest to the loosest. */
export interface Curve {
  readonly points: readonly Point[]
  readonly labels: number
  /** Weeks that were scored, summed over series; calls and errors of one series count once. */
  readonly seriesWeeks: number
}

const THRESHOLDS = 160

/** Sweeps a threshold over all scores, evenly on the logarithm of how many scores reach it. */
export function sweep(tracks: readonly Track[]): Curve {
  const points = thresholdsOf(tracks).map((threshold) => {
    const { hits, falseEvents } = judge(tracks, threshold)
    return { threshold, hits: hits.size, falseEvents: falseEvents.length }
  })
  return {
    points,
    labels: tracks.reduce((sum, { own }) => sum + own.length, 0),
    seriesWeeks: seriesWeeksOf(tracks),
  }
}

/** The scored weeks of the series that these tracks belong to. */
export function seriesWeeksOf(tracks: readonly Track[]): number {
  const all = new Set(tracks.map(({ series }) => series))
  let weeks = 0
  for (const series of all) {
    weeks += ((series.calls.length - scoredFrom(series)) * series.bucketS) / 604_800
  }
  return weeks
}

function thresholdsOf(tracks: readonly Track[]): readonly number[] {
  const total = tracks.reduce((sum, { score }) => sum + score.length, 0)
  const scores = new Float64Array(total)
  let at = 0
  for (const { score } of tracks) {
    scores.set(score, at)
    at += score.length
  }
  scores.sort()
  const thresholds = new Set<number>()
  for (let step = 0; step < THRESHOLDS; step++) {
    const rank = Math.round(Math.exp((Math.log(total) * step) / (THRESHOLDS - 1)))
    const threshold = scores[total - Math.max(1, rank)]
    if (threshold !== undefined) thresholds.add(threshold)
  }
  return [...thresholds]
}
