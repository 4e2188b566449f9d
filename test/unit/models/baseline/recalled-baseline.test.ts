import { describe, expect, it } from 'vitest'
import { type Baseline, keptBaseline } from '../../../../models/baseline/baseline.ts'
import { learnBaseline, settled } from '../../../../models/baseline/learn.ts'
import { recalledBaseline } from '../../../../models/baseline/recalled-baseline.ts'
import { mixedSeries } from '../../../support/mixed-account.ts'

const DAYS = 30
const all = mixedSeries(DAYS, 5).filter(({ key }) => key.startsWith('series-0'))
const learned = all.map((series) => learnBaseline(series, DAYS, { windowMinutes: 5 }))

/** What was kept of a baseline, told apart from its other tails, and how often it was learned anew. */
function recall(baseline: Baseline) {
  let asked = 0
  const kept = JSON.parse(JSON.stringify(keptBaseline(baseline)))
  const recalled = recalledBaseline(kept, () => {
    asked += 1
    return baseline
  })
  return { recalled, asked: () => asked }
}

describe('recalledBaseline', () => {
  it('is the baseline that was kept, tails and share of the calls included', () => {
    expect(learned.map(({ share }) => share !== null)).toEqual([false, true, true])
    for (const baseline of learned) expect(settled(recall(baseline).recalled)).toEqual(baseline)
  })

  it('is learned anew for its tails alone', () => {
    for (const baseline of learned) {
      const { recalled, asked } = recall(baseline)
      expect(keptBaseline(recalled)).toEqual(keptBaseline(baseline))
      expect(asked()).toBe(0)
      expect(recalled.dispersion[0]?.fall).toEqual(baseline.dispersion[0]?.fall)
      expect(asked()).toBe(1)
    }
  })
})
