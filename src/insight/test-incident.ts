import { baselineSpan, rateOver } from './averages.ts'
import { type InsightSubject, insightId } from './identity.ts'
import { type Incident, incidentFrom } from './incident.ts'
import type { Insight } from './insight.ts'

const MINUTE_MS = 60_000

/** A made-up incident that says of itself that it is a test, over at a moment (epoch milliseconds). */
export function testIncident(nowMs: number): Incident {
  const endMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const startMs = endMs - 5 * MINUTE_MS
  const subject: InsightSubject = {
    account: '000000000000',
    region: 'us-east-1',
    category: 'Management',
    eventSource: 'offtrail.amazonaws.com',
    eventName: 'SinkTest',
    insightType: 'ApiCallRateInsight',
    errorCode: null,
    direction: 'up',
    startMs,
  }
  const id = insightId(subject)
  const rate = rateOver(10, startMs, endMs)
  const insight: Insight = {
    ...{ ...subject, id, incident: id, state: 'closed', endMs, detectedMs: endMs },
    baseline: rateOver(0, baselineSpan(startMs).fromMs, startMs),
    ...{ trigger: rate, episode: rate, expected: 0, low: 0, high: 1 },
    ...{ score: 0, peakScore: 0, severity: 0 },
    ...{ firstSeen: false, unconfirmedLevel: false, readOnly: true },
    ...{ principal: null, aggregate: null, attributions: [], episodeAttributions: [] },
    explanation: 'This is a test of Offtrail. Nothing happened.',
    arithmetic: {},
  }
  return incidentFrom(id, [insight])
}
