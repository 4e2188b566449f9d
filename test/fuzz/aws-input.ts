import fc from 'fast-check'
import type { Known } from './known.ts'
import { mostly, wildText } from './wild.ts'

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** An operation's input: members as they should be, and now and then one that should not. */
export function inputOf(operation: string, known: Known): fc.Arbitrary<object> {
  const members = { ...MEMBERS[operation]?.(known) }
  const named = Object.entries(members).map(([name, value]) => [name, mostly(value)] as const)
  const sane = fc.record(Object.fromEntries(named))
  const partial = fc.record(Object.fromEntries(named), { requiredKeys: [] })
  const whole = fc.record(members)
  return fc.oneof({ weight: 4, arbitrary: whole }, { weight: 2, arbitrary: sane }, partial)
}

const MEMBERS: Readonly<Record<string, (known: Known) => Values>> = {
  LookupEvents: (known) => ({
    EventCategory: fc.constant('insight'),
    LookupAttributes: maybe(
      lookup(known).map(([AttributeKey, AttributeValue]) => [{ AttributeKey, AttributeValue }]),
    ),
    ...span(),
    MaxResults: maybe(fc.integer({ min: 1, max: 50 })),
    NextToken: rare(tokenText),
  }),
  ListInsightsData: (known) => ({
    InsightSource: fc.constant('arn:aws:cloudtrail:us-east-1:111122223333:trail/t'),
    DataType: fc.constant('InsightsEvents'),
    Dimensions: maybe(lookup(known).map(([key, value]) => ({ [key]: value }))),
    ...span(),
    MaxResults: maybe(fc.integer({ min: 1, max: 50 })),
    NextToken: rare(tokenText),
  }),
  ListInsightsMetricData: ({ values }) => ({
    EventSource: fc.constantFrom(...(values['eventSource'] ?? [])),
    EventName: fc.constantFrom(...(values['eventName'] ?? [])),
    InsightType: fc.constant('ApiCallRateInsight'),
    TrailName: rare(fc.constantFrom('trail', 'a', '1.2.3.4', 'a..b')),
    DataType: maybe(fc.constantFrom('FillWithZeros', 'NonZeroData')),
    Period: fc.constantFrom(60, 300, 3600, null),
    ...span(),
    MaxResults: fc.integer({ min: 1, max: 300 }),
    NextToken: rare(tokenText),
  }),
  GetInsightSelectors: () => ({ TrailName: trail, EventDataStore: rare(trail) }),
  PutInsightSelectors: () => ({ TrailName: trail, InsightSelectors: fc.constant([]) }),
  DescribeTrails: () => ({ trailNameList: maybe(fc.array(trail)) }),
  ListTrails: () => ({ NextToken: rare(tokenText) }),
  GetTrail: () => ({ Name: trail }),
  GetTrailStatus: () => ({ Name: trail }),
  GetEventSelectors: () => ({ TrailName: trail }),
}

/** Epoch seconds, up to the first and last that may be named, and beyond. */
const seconds = fc.oneof(
  fc.integer({ min: 1_788_000_000, max: 1_791_000_000 }),
  fc.double({ min: 1_788_000_000, max: 1_791_000_000, noNaN: true }),
  fc.constantFrom(1_136_073_600, 1_136_073_599, 4_133_980_799, 4_133_980_799.999, 4_133_980_800, 0),
)
const tokenText = fc.constantFrom(
  'none',
  'WyIzIiwxXQ.AAAAAAAAAAAAAAAAAAAAAA',
  '....',
  'a'.repeat(999),
)
const trail = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('offtrail', 'my-trail', 'a.b') },
  fc.constantFrom(
    ...['arn:aws:cloudtrail:us-east-1:111122223333:trail/t-1', 'arn:aws:s3:::x', 'arn:', 'a..b'],
    ...['1.2.3.4', 'a', `a${'-a'.repeat(500)}`, `${'a'.repeat(999)}!`, 'ä'],
  ),
)

function span(): Values {
  return { StartTime: maybe(seconds), EndTime: maybe(seconds) }
}

function lookup({ values, ids }: Known): fc.Arbitrary<readonly [string, string]> {
  const of = (key: string, texts: readonly string[] = []) =>
    fc.tuple(fc.constant(key), fc.oneof(fc.constantFrom(...texts), wildText))
  return fc.oneof(
    of('EventName', values['eventName']),
    of('EventSource', values['eventSource']),
    of('EventId', ids['insights']),
  )
}

function maybe(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.option(value, { freq: 1, nil: null })
}

function rare(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value })
}
