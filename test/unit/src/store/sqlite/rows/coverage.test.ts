import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scopedReader } from '../../../../../../src/store/scoped-reader.ts'
import type { Store } from '../../../../../../src/store/store.ts'
import { aCall, commitOf } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const HOUR_MS = 3_600_000
const place = { account: '111122223333', region: 'eu-west-1' }
const main = { ...place, trail: 'main@eu-west-1' }
let store: Store

beforeEach(() => {
  store = memoryStore()
})
afterEach(() => {
  store.close()
})

const put = (
  fromHour: number,
  untilHour: number,
  state: 'proven' | 'gap' | 'missing' | 'damaged',
  trail = main.trail,
) => store.putCoverage([{ ...main, trail, stretches: [{ fromHour, untilHour, state }] }])

describe('coverage', () => {
  it('merges what touches, and lets a later word of a trail replace its earlier one', () => {
    put(10, 14, 'proven')
    put(14, 20, 'proven')
    expect(store.coverage({})).toEqual([{ ...place, fromHour: 10, untilHour: 20, state: 'proven' }])
    put(12, 13, 'damaged')
    expect(store.coverage({}).map(({ state }) => state)).toEqual(['proven', 'damaged', 'proven'])
    put(12, 13, 'proven')
    expect(store.coverage({})).toHaveLength(1)
  })

  it('is proven where one of several trails is', () => {
    put(10, 20, 'damaged')
    put(10, 15, 'proven', 'other@eu-west-1')
    expect(store.coverage({})).toEqual([
      { ...place, fromHour: 10, untilHour: 15, state: 'proven' },
      { ...place, fromHour: 15, untilHour: 20, state: 'damaged' },
    ])
  })

  it('answers accounts, Regions and times that are asked for, in whole hours', () => {
    put(10, 20, 'gap')
    store.putCoverage([
      { ...main, region: 'us-east-1', stretches: [{ fromHour: 1, untilHour: 2, state: 'gap' }] },
    ])
    expect(store.coverage({ region: ['eu-west-1'], fromMs: 12.5 * HOUR_MS })).toEqual([
      { ...place, fromHour: 12, untilHour: 20, state: 'gap' },
    ])
    expect(store.coverage({ untilMs: 1.5 * HOUR_MS })).toHaveLength(1)
    expect(store.coverage({ account: ['999999999999'] })).toEqual([])
  })

  it('is nothing to a reader of other accounts', () => {
    put(10, 20, 'gap')
    for (const accounts of [[], ['999999999999']]) {
      expect(scopedReader(store, accounts).coverage({})).toEqual([])
      expect(scopedReader(store, accounts).coverage({ account: [place.account] })).toEqual([])
    }
    expect(scopedReader(store, [place.account]).coverage({})).toHaveLength(1)
  })
})

describe('putCoverage', () => {
  const call = { ...aCall(), ...place, timeMs: 11.5 * HOUR_MS }
  const news = () => store.accounts()[0]

  it('has an account scored again from the first hour that changed, less the delay of delivery', () => {
    store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [call] }))
    store.commitDetection({
      ...{ account: place.account, fromDay: 0, scored: [], scores: [], aggregateScores: [] },
      ...{ expectations: [], baselines: [], laws: [] },
    })
    expect(news()?.dirtyMinute).toBeNull()
    put(12, 14, 'gap')
    expect(news()?.dirtyMinute).toBe(12 * 60 - 20)
    store.commitDetection({
      ...{ account: place.account, fromDay: 0, scored: [], scores: [], aggregateScores: [] },
      ...{ expectations: [], baselines: [], laws: [] },
    })
    put(12, 14, 'gap')
    expect(news()?.dirtyMinute).toBeNull()
  })

  it('lifts the watermark of a Region that is known to where silence is proven', () => {
    put(10, 12, 'proven')
    expect(store.watermarks()).toEqual([])
    store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [call] }))
    put(12, 30, 'gap')
    expect(store.watermarks()[0]?.watermarkMs).toBeLessThan(12 * HOUR_MS)
    put(30, 32, 'proven')
    expect(store.watermarks()).toEqual([{ ...place, watermarkMs: 32 * HOUR_MS - 20 * 60_000 }])
  })
})
