import { describe, expect, it } from 'vitest'
import { insightView } from '../../../../src/insight/view.ts'
import { anInsight, stillOpen } from '../../../support/insights.ts'

describe('insightView', () => {
  it('writes times as RFC 3339, spans in minutes and severity as a word', () => {
    const view = insightView(anInsight())
    expect(view).toMatchObject({
      startTime: '2026-03-04T10:05:00Z',
      endTime: '2026-03-04T10:13:00Z',
      detectedTime: '2026-03-04T10:10:00Z',
      severity: 96.98,
      severityWord: 'critical',
      trigger: { startTime: '2026-03-04T10:05:00Z', minutes: 5, count: 47, average: 9.4 },
      episode: { endTime: '2026-03-04T10:13:00Z', minutes: 8, count: 120, average: 15 },
      baseline: { startTime: '2026-02-25T00:00:00Z', minutes: 10685, average: 0.0121665887 },
    })
  })

  it('has null where an open insight has no end yet', () => {
    const view = insightView(anInsight(stillOpen))
    expect(view).toMatchObject({ endTime: null, episode: null, episodeAttributions: null })
  })

  it('keeps every field of the insight, times under their outside names', () => {
    const renamed = { startMs: 'startTime', endMs: 'endTime', detectedMs: 'detectedTime' }
    const fields = Object.keys(anInsight()).map(
      (key) => new Map(Object.entries(renamed)).get(key) ?? key,
    )
    expect(Object.keys(insightView(anInsight())).sort()).toEqual([...fields, 'severityWord'].sort())
  })

  it('writes the same text whatever order the keys of the insight had', () => {
    const insight = anInsight()
    const reversed = Object.fromEntries(
      Object.entries(insight).reverse(),
    ) as unknown as typeof insight
    expect(JSON.stringify(insightView(reversed))).toBe(JSON.stringify(insightView(insight)))
  })
})
