import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../../../../../benchmarks/quality/measure/track.ts'
import { makeWork } from '../../../../../benchmarks/quality/scenario/make-work.ts'
import { SHAPES } from '../../../../../benchmarks/quality/scenario/shapes/shapes.ts'
import { scoredFrom, type Work } from '../../../../../benchmarks/quality/scenario/work.ts'

const size = { hourly: 55, fineMinute5: 11, weeks: 5, shape: null }
const work = makeWork({ seed: 1, ...size })

function hashOf(work: Work): string {
  const hash = createHash('sha256')
  for (const { key, calls, errors, labels } of work.series) {
    hash.update(key).update(calls)
    if (errors !== null) hash.update(errors)
    hash.update(JSON.stringify(labels))
  }
  return hash.digest('hex').slice(0, 16)
}

describe('makeWork', () => {
  it('makes the same counts and labels from the same seed, on every machine', () => {
    expect(hashOf(work)).toBe('52211c584f083ca8')
    expect(hashOf(makeWork({ seed: 2, ...size }))).not.toBe(hashOf(work))
  })

  it('starts on a UTC Monday midnight', () => {
    expect(new Date(work.startMs).toUTCString()).toMatch(/^Mon, .* 00:00:00 GMT$/)
  })

  it('draws every shape of the mix, and only one where that is asked for', () => {
    const mixed = SHAPES.filter(({ share }) => share > 0)
    expect(new Set(work.series.map(({ shape }) => shape))).toEqual(
      new Set(mixed.map(({ name }) => name)),
    )
    const alike = makeWork({ ...size, seed: 1, hourly: 2, fineMinute5: 3, shape: 'on-the-hour' })
    expect(alike.series.map(({ shape }) => shape)).toEqual(new Array(5).fill('on-the-hour'))
  })

  it('has series whose hours begin with a peak', () => {
    const [busy] = makeWork({
      ...size,
      ...{ seed: 3, hourly: 0, fineMinute5: 1, shape: 'on-the-hour' },
    }).series
    const { mean } = (busy as NonNullable<typeof busy>).callTruth
    expect(mean[0]).toBeGreaterThan(1.5 * (mean[1] as number))
    expect(mean[1]).toBeCloseTo(mean[2] as number, 0)
  })

  it('spans three orders of magnitude from the quietest API to the busiest', () => {
    const totals = work.series.map(({ calls }) => calls.reduce((sum, count) => sum + count, 0))
    expect(Math.max(...totals) / Math.min(...totals)).toBeGreaterThan(1000)
  })

  it('plants more than an anomaly per series, a third of them weak', () => {
    const labels = work.series.flatMap((series) => series.labels)
    expect(labels.length).toBeGreaterThan(work.series.length)
    const weak = labels.filter(({ strength }) => strength === 'low').length
    expect(weak / labels.length).toBeGreaterThan(0.22)
    expect(weak / labels.length).toBeLessThan(0.45)
  })

  it('plants on scored days only, and where no two labels claim the same event', () => {
    for (const series of work.series) {
      for (const label of series.labels) {
        expect(label.startBucket).toBeGreaterThanOrEqual(scoredFrom(series))
        expect(label.untilBucket).toBeLessThanOrEqual(series.calls.length)
        expect(label.untilBucket).toBeGreaterThan(label.startBucket)
      }
      const zones = series.labels.map((label) => zoneOf(label, series.bucketS))
      for (let at = 1; at < zones.length; at++) {
        expect(zones[at]?.from).toBeGreaterThan(zones[at - 1]?.last ?? 0)
      }
    }
  })

  it('lets no more calls fail than were made, and splits failures over their codes', () => {
    for (const { calls, errors, codes } of work.series) {
      if (errors === null) continue
      const wrong = errors.findIndex((failed, at) => {
        let sum = 0
        for (const counts of codes.values()) sum += counts[at] ?? 0
        return sum !== failed || failed > (calls[at] ?? 0)
      })
      expect(wrong).toBe(-1)
    }
  })

  it('gives every API that is not new a call on the first day', () => {
    for (const { firstBucket, bucketS, changes } of work.series) {
      if (changes.some(({ kind }) => kind === 'new-api')) continue
      expect(firstBucket).toBeLessThan(86_400 / bucketS)
    }
  })

  it('knows the mean and variance that it draws from', () => {
    for (const { calls, callTruth, labels, shape } of work.series) {
      if (labels.length > 0 || !/seasonal|flat|poller|trend/.test(shape)) continue
      let distance = 0
      let expected = 0
      for (let at = 400; at < calls.length; at++) {
        distance += ((calls[at] ?? 0) - (callTruth.mean[at] ?? 0)) ** 2
        expected += (callTruth.variance[at] ?? 0) + (callTruth.dayAmount[at] ?? 0) ** 2
      }
      expect(distance / expected).toBeGreaterThan(0.5)
      expect(distance / expected).toBeLessThan(2)
    }
  })
})
