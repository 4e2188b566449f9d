import { describe, expect, it } from 'vitest'
import { judgeAlarms } from '../../../../models/evaluation/judge-alarms.ts'

const MINUTE = 60_000
const labels = [
  { kind: 'burst', startMs: 10 * MINUTE },
  { kind: 'burst', startMs: 50 * MINUTE },
  { kind: 'drop', startMs: 90 * MINUTE },
]

describe('judgeAlarms', () => {
  it('counts incidents, right ones and others', () => {
    const alarms = [
      { incident: 'a', surprise: 3, detectedMs: 20 * MINUTE, labels: [0] },
      { incident: 'b', surprise: 9, detectedMs: 25 * MINUTE, labels: [] },
      { incident: 'a', surprise: 12, detectedMs: 15 * MINUTE, labels: [1, 0] },
    ]
    expect(judgeAlarms(alarms, labels, 2)).toMatchObject({
      ...{ incidents: 2, others: 1, accountWeeks: 2, labelled: 3, caught: 2 },
      othersPerWeek: { got: 0.5 },
      ...{ precision: 0.5, recall: 2 / 3, medianDelay: 2.5 },
      // The incident of two is the most surprising: both its labels at full precision.
      averagePrecision: 2 / 3,
      kinds: { burst: { caught: 2, labelled: 2 }, drop: { caught: 0, labelled: 1 } },
    })
    expect(judgeAlarms(alarms, labels, 2).f1).toBeCloseTo(4 / 7, 12)
  })

  it('knows no shares of nothing', () => {
    expect(judgeAlarms([], [], 0)).toMatchObject({
      ...{ incidents: 0, precision: null, recall: null, f1: null, medianDelay: null },
      ...{ averagePrecision: null, othersPerWeek: { got: 0, low: 0, high: 0 }, kinds: {} },
    })
    const wrong = [{ incident: 'a', surprise: 3, detectedMs: 0, labels: [] }]
    expect(judgeAlarms(wrong, labels, 1)).toMatchObject({ precision: 0, recall: 0, f1: 0 })
  })

  it('calls an alarm within the first window no delay, and a name of objects a kind', () => {
    const alarms = [{ incident: 'a', surprise: 3, detectedMs: 5 * MINUTE, labels: [0] }]
    const odd = [{ kind: '__proto__', startMs: 10 * MINUTE }]
    const { medianDelay, kinds } = judgeAlarms(alarms, odd, 1)
    expect(medianDelay).toBe(0)
    expect(Object.keys(kinds)).toEqual(['__proto__'])
  })

  it('takes the first of the alarms about a label, in whatever order they come', () => {
    const alarms = [30, 20, 25].map((minute) => ({
      ...{ incident: 'a', surprise: 3, detectedMs: minute * MINUTE, labels: [0] },
    }))
    expect(judgeAlarms(alarms, labels, 1).medianDelay).toBe(10)
  })
})
