import { type Static, Type } from 'typebox'
import type { Contributor } from '../../insight/aggregate.ts'
import type { InsightType } from '../../insight/insight.ts'
import {
  NumberOrNull,
  nullable,
  oneOf,
  refTo,
  Terms,
  TextOrNull,
  Time,
  TimeOrNull,
} from './shapes.ts'

const closed = { additionalProperties: false }

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Path of the page about it: /problems/CODE.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What was expected, what came, what to do.' }),
    instance: Type.String({ description: 'The path asked for.' }),
    requestId: Type.String({ description: 'As in X-Request-Id and in the log.' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ parameter: Type.String(), detail: Type.String() }, closed)),
    ),
  },
  { $id: 'Problem', ...closed },
)

export const Rate = Type.Object(
  {
    startTime: Time,
    endTime: Time,
    minutes: Type.Integer(),
    count: Type.Integer(),
    average: Type.Number({ description: 'Per minute, ten decimals.' }),
  },
  { $id: 'Rate', ...closed },
)

const AttributedValue = Type.Object({ value: Type.String(), average: Type.Number() }, closed)

export const Attribution = Type.Object(
  {
    attribute: oneOf(['userIdentityArn', 'userAgent', 'errorCode', 'resourceArn']),
    insight: Type.Array(AttributedValue),
    baseline: Type.Array(AttributedValue),
  },
  { $id: 'Attribution', ...closed },
)

export const INSIGHT_TYPES = [
  'ApiCallRateInsight',
  'ApiErrorRateInsight',
  'AggregateInsight',
  'NewApiInsight',
] as const satisfies readonly InsightType[]

export const seriesKeyFields = {
  account: Type.String(),
  region: Type.String(),
  category: oneOf(['Management', 'Data', 'NetworkActivity']),
  eventSource: Type.String(),
  eventName: Type.String(),
}

export const AggregateReply = Type.Object(
  {
    kind: oneOf(
      ['distinct', 'newcomers', 'volume', 'denials'],
      '`volume`: all calls, in older stores only.',
    ),
    scope: oneOf(['region', 'principal'], 'principal: in all Regions, by `principal` alone.'),
    apiCount: Type.Integer({ description: 'APIs that took part.' }),
    topApis: Type.Unsafe<readonly Contributor[]>(
      Type.Array(Type.Object({ api: Type.String(), calls: Type.Integer() }, closed), {
        description: 'Those furthest above their mean of the seven days before, at most ten.',
      }),
    ),
  },
  { $id: 'Aggregate', ...closed },
)

const insightFields = {
  id: Type.String({ description: "AWS's sharedEventID." }),
  state: oneOf(['open', 'closed'], 'open: it lasts.'),
  ...seriesKeyFields,
  category: oneOf(['Management', 'Data', 'NetworkActivity', 'Aggregate']),
  insightType: oneOf(INSIGHT_TYPES),
  errorCode: TextOrNull,
  direction: oneOf(['up', 'down']),
  readOnly: Type.Boolean(),
  startTime: Time,
  endTime: TimeOrNull,
  detectedTime: Time,
  severity: Type.Number({ description: '0 to 100.' }),
  severityWord: oneOf(['info', 'minor', 'major', 'critical']),
  score: Type.Number(),
  peakScore: Type.Number(),
  expected: Type.Number({ description: 'Calls expected in the window that fired.' }),
  low: Type.Number({ description: 'Lower end of their 1 % to 99 % range.' }),
  high: Type.Number({ description: 'Upper end of their 1 % to 99 % range.' }),
  trigger: refTo(Rate),
  episode: nullable(refTo(Rate)),
  baseline: refTo(Rate),
  firstSeen: Type.Boolean(),
  unconfirmedLevel: Type.Boolean({
    description: 'A level that rose, stands, and was not confirmed yet.',
  }),
  principal: TextOrNull,
  aggregate: nullable(refTo(AggregateReply)),
  incident: Type.String({ description: 'Empty: information, and no incident.' }),
  explanation: Type.String(),
}

const revisionFields = {
  revision: Type.Integer(),
  status: oneOf(['final', 'retracted'], 'retracted: later or late events took it back.'),
}

/** An insight in a list. */
export const InsightItem = Type.Object(
  { ...insightFields, ...revisionFields },
  { $id: 'InsightItem', ...closed },
)

/** The same where only some fields were asked for. */
export const InsightItemPart = Type.Partial(InsightItem, {
  $id: 'InsightItemPart',
  ...closed,
  description: 'All fields, unless `fields` chose some.',
})

/** An insight by itself: with who made the calls, and every number behind the score. */
export const InsightReply = Type.Object(
  {
    ...insightFields,
    attributions: Type.Array(refTo(Attribution)),
    episodeAttributions: nullable(Type.Array(refTo(Attribution))),
    arithmetic: Terms,
    ...revisionFields,
  },
  { $id: 'Insight', ...closed },
)

export const Incident = Type.Object(
  {
    id: Type.String(),
    account: Type.String(),
    startTime: Time,
    endTime: TimeOrNull,
    state: oneOf(['open', 'closed'], 'open: one of its insights lasts.'),
    severity: Type.Number({ description: 'The largest of its insights.' }),
    severityWord: oneOf(['info', 'minor', 'major', 'critical']),
    score: Type.Number({ description: 'The largest peak score of its insights.' }),
    principal: TextOrNull,
    apis: Type.Array(Type.String(), { description: 'eventSource:eventName, each once.' }),
    insights: Type.Array(refTo(InsightItem)),
  },
  { $id: 'Incident', ...closed },
)

export const SeriesReply = Type.Object(
  {
    id: Type.String(),
    ...seriesKeyFields,
    calls: Type.Integer(),
    errors: Type.Integer(),
    reads: Type.Integer(),
    firstTime: Time,
    lastTime: Time,
  },
  { $id: 'Series', ...closed },
)

export const Point = Type.Object(
  {
    time: Time,
    count: Type.Integer(),
    errors: Type.Optional(
      Type.Integer({ description: 'Failed calls, where all calls are counted.' }),
    ),
    expected: NumberOrNull,
    low: NumberOrNull,
    high: NumberOrNull,
    score: NumberOrNull,
  },
  { $id: 'Point', ...closed },
)

/** Why, or why not, a window was reported. */
export const ExplanationReply = Type.Object(
  {
    series: Type.String(),
    at: Time,
    standing: Type.String(),
    count: Type.Number(),
    expected: NumberOrNull,
    low: NumberOrNull,
    high: NumberOrNull,
    surprise: NumberOrNull,
    needed: NumberOrNull,
    verdict: Type.String(),
    gates: Type.Array(Type.String(), { description: 'What kept it quiet, or let it pass.' }),
    sentence: Type.String(),
    arithmetic: Terms,
  },
  { $id: 'Explanation', ...closed },
)

export type Explanation = Readonly<Static<typeof ExplanationReply>>
export type ProblemReply = Static<typeof Problem>
