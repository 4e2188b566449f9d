import { describe, expect, it } from 'vitest'
import { judge } from '../../../../../benchmarks/quality/measure/judge.ts'
import type { WorkSeries } from '../../../../../benchmarks/quality/scenario/work.ts'
import { labelAt, quietSeries, tracksScored } from './builders.ts'

const label = labelAt(400, 404)

/** Hits and false events at threshold 1. */
function outcome(
  series: WorkSeries,
  calls: Readonly<Record<number, number>>,
  errors: Readonly<Record<number, number>> = {},
): readonly [number, number] {
  const { hits, falseEvents } = judge(tracksScored(series, { calls, errors }), 1)
  return [hits.size, falseEvents.length]
}

describe('judge', () => {
  it('joins flagged buckets at most three hours apart to one event', () => {
    expect(outcome(quietSeries(), { 500: 1, 503: 1, 506: 1 })).toEqual([0, 1])
    expect(outcome(quietSeries(), { 500: 1, 504: 1 })).toEqual([0, 2])
    const fine = quietSeries({ bucketS: 300 })
    expect(outcome(fine, { 5000: 1, 5036: 1 })).toEqual([0, 1])
    expect(outcome(fine, { 5000: 1, 5037: 1 })).toEqual([0, 2])
  })

  it('leaves out what is under the threshold', () => {
    expect(outcome(quietSeries(), { 500: 0.99, 510: 1 })).toEqual([0, 1])
  })

  it.each([
    { bucket: 398, hit: false },
    { bucket: 399, hit: true },
    { bucket: 406, hit: true },
    { bucket: 407, hit: false },
  ])('an event from bucket $bucket on hits [400, 404): $hit', ({ bucket, hit }) => {
    const series = quietSeries({ labels: [label] })
    expect(outcome(series, { [bucket]: 1 })).toEqual(hit ? [1, 0] : [0, 1])
  })

  it('gives a long label a quarter of its length after its end', () => {
    const series = quietSeries({ labels: [labelAt(400, 440)] })
    expect(outcome(series, { 450: 1 })).toEqual([1, 0])
    expect(outcome(series, { 451: 1 })).toEqual([0, 1])
  })

  it('lets an event that began earlier and goes on hit nothing', () => {
    const series = quietSeries({ labels: [label] })
    expect(outcome(series, { 396: 1, 399: 1, 402: 1 })).toEqual([0, 1])
  })

  it('counts a label once, and no second event on it as false', () => {
    const series = quietSeries({ labels: [labelAt(400, 420)] })
    expect(outcome(series, { 401: 1, 410: 1 })).toEqual([1, 0])
  })

  it('takes an event of the other metric on a labelled anomaly for neither', () => {
    const series = quietSeries({ labels: [label] })
    expect(outcome(series, {}, { 401: 1 })).toEqual([0, 0])
    expect(outcome(series, {}, { 420: 1 })).toEqual([0, 1])
  })

  it('hits an error label with an error event alone', () => {
    const series = quietSeries({ labels: [labelAt(400, 404, 'errors')] })
    expect(outcome(series, {}, { 401: 1 })).toEqual([1, 0])
    expect(outcome(series, { 401: 1 })).toEqual([0, 0])
  })

  it('does not score the first 14 days of an old series, and all days of a new one', () => {
    expect(outcome(quietSeries(), { 335: 9, 336: 1 })).toEqual([0, 1])
    expect(outcome(quietSeries(), { 100: 1 })).toEqual([0, 0])
    expect(outcome(quietSeries({ firstBucket: 24 }), { 100: 1 })).toEqual([0, 1])
    expect(outcome(quietSeries({ firstBucket: 23 }), { 100: 1 })).toEqual([0, 0])
  })

  it('says in which bucket the first event of a label starts', () => {
    const series = quietSeries({ labels: [label] })
    const { hits } = judge(tracksScored(series, { calls: { 402: 1, 403: 5 } }), 1)
    expect(hits.get(label)).toBe(402)
  })
})
