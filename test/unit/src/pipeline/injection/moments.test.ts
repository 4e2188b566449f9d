import { describe, expect, it } from 'vitest'
import { drawMoments } from '../../../../../src/pipeline/injection/moments.ts'

const history = { firstWindow: 1000, untilWindow: 1000 + 90 * 288, windowMinutes: 5 }
const ask = { repeats: 50, seed: 1, windows: 289, isDisturbed: () => false }

describe('moments that are drawn', () => {
  it('lie in the last four weeks, with room for the incident, in order', () => {
    const moments = drawMoments(history, ask)
    expect(moments).toHaveLength(50)
    expect(moments).toEqual([...moments].sort((one, other) => one - other))
    expect(Math.max(...moments)).toBeLessThanOrEqual(history.untilWindow - 289)
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(history.untilWindow - 289 - 28 * 288)
  })

  it('lie in the second half of a short history', () => {
    const short = { ...history, untilWindow: 1000 + 10 * 288 }
    expect(Math.min(...drawMoments(short, ask))).toBeGreaterThanOrEqual(1000 + 5 * 288)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(drawMoments(history, ask)).toEqual(drawMoments(history, ask))
    expect(drawMoments(history, { ...ask, seed: 2 })).not.toEqual(drawMoments(history, ask))
  })

  it('keep off anomalies that stand as it is', () => {
    const until = history.untilWindow - 14 * 288
    const isDisturbed = (_: number, end: number) => end > until
    expect(Math.max(...drawMoments(history, { ...ask, isDisturbed }))).toBeLessThan(until)
  })

  it('are refused where there is no room, or no quiet', () => {
    const tiny = { ...history, untilWindow: 1000 + 288 }
    expect(() => drawMoments(tiny, ask)).toThrow('too soon after its begin')
    expect(() => drawMoments(history, { ...ask, isDisturbed: () => true })).toThrow(
      'name moments by --at',
    )
  })
})
