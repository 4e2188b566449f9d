import fc from 'fast-check'
import { baselineSpan, rateOver } from '../../src/insight/averages.ts'
import { insightId } from '../../src/insight/identity.ts'
import type { Insight } from '../../src/insight/insight.ts'

const MINUTE_MS = 60_000

/** 2026-03-04 10:05 UTC, a Wednesday. */
export const START_MS = Date.UTC(2026, 2, 4, 10, 5)

/** A closed rise of ec2 RunInstances: 47 calls in 5 minutes, 120 in 8, 130 in the week before. */
export function anInsight(differences: Partial<Insight> = {}): Insight {
  const startMs = differences.startMs ?? START_MS
  const subject = {
    account: '123456789012',
    region: 'us-east-1',
    category: 'Management',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    insightType: 'ApiCallRateInsight',
    errorCode: null,
    direction: 'up',
    startMs,
  } as const
  const { fromMs } = baselineSpan(startMs)
  const insight: Insight = {
    ...subject,
    id: insightId({ ...subject, ...differences }),
    state: 'closed',
    endMs: startMs + 8 * MINUTE_MS,
    detectedMs: startMs + 5 * MINUTE_MS,
    baseline: rateOver(130, fromMs, startMs),
    trigger: rateOver(47, startMs, startMs + 5 * MINUTE_MS),
    episode: rateOver(120, startMs, startMs + 8 * MINUTE_MS),
    expected: 0.8,
    low: 0,
    high: 4,
    score: 19.5,
    peakScore: 21,
    severity: 96.98,
    firstSeen: false,
    unconfirmedLevel: false,
    readOnly: false,
    principal: 'arn:aws:sts::123456789012:assumed-role/Deploy',
    aggregate: null,
    incident: '3f9a2b1c-0000-8000-8000-000000000001',
    attributions: [],
    episodeAttributions: [],
    explanation: '47 calls in 5 minutes; at most 4 are normal; once in 140 weeks',
    arithmetic: { count: 47, expected: 0.8 },
  }
  return { ...insight, ...differences }
}

/** The same insight while it lasts. */
export const stillOpen = {
  state: 'open',
  endMs: null,
  episode: null,
  episodeAttributions: null,
} as const satisfies Partial<Insight>

/** Any text a caller could put into an event: hostile, empty, with lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom(
    '../../etc/passwd',
    '=cmd|1',
    '\u001b[2J',
    '__proto__',
    'a"b,c\r\nd',
    '\u202eevil',
  ),
)

const values = fc.array(
  fc.record({ value: anyText, average: fc.double({ min: 0, max: 1e9, noNaN: true }) }),
  {
    maxLength: 5,
  },
)
const attributions = fc.array(
  fc.record({
    attribute: fc.constantFrom('userIdentityArn', 'userAgent', 'errorCode', 'resourceArn'),
    insight: values,
    baseline: values,
  }),
  { maxLength: 4 },
)

/** Insights of every kind, with any text where events bring text. */
export const anyInsight: fc.Arbitrary<Insight> = fc
  .record({
    account: fc.oneof(fc.constantFrom('123456789012', 'unknown'), anyText),
    region: fc.oneof(fc.constantFrom('us-east-1', 'eu-west-1'), anyText),
    category: fc.constantFrom('Management', 'Data', 'NetworkActivity'),
    eventSource: anyText,
    eventName: anyText,
    errorCode: fc.option(anyText),
    direction: fc.constantFrom('up', 'down'),
    startMinute: fc.integer({ min: 20_000_000, max: 60_000_000 }),
    minutes: fc.integer({ min: 1, max: 2_000 }),
    calls: fc.nat(1_000_000),
    open: fc.boolean(),
    firstSeen: fc.boolean(),
    unconfirmedLevel: fc.boolean(),
    severity: fc.double({ min: 0, max: 100, noNaN: true }),
    principal: fc.option(anyText),
    explanation: anyText,
    attributions,
  })
  .map(({ startMinute, minutes, calls, open, ...parts }) => {
    const startMs = startMinute * MINUTE_MS
    const endMs = startMs + minutes * MINUTE_MS
    return anInsight({
      ...parts,
      insightType: parts.errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight',
      startMs,
      endMs,
      detectedMs: startMs + 5 * MINUTE_MS,
      trigger: rateOver(calls, startMs, startMs + 5 * MINUTE_MS),
      episode: rateOver(calls, startMs, endMs),
      episodeAttributions: parts.attributions,
      ...(open && stillOpen),
    })
  })
