import { Type } from 'typebox'
import { FAMILIES } from '../../../models/index.ts'
import { PAGE_LIMITS } from '../limits.ts'
import { nullable, oneOf, TextOrNull, Time } from './shapes.ts'

const closed = { additionalProperties: false }
const Window = Type.Integer({
  description: 'A window of the grid: epoch minutes by windowMinutes.',
})
const Numbers = (description: string) => Type.Array(Type.Number(), { description })
const NumbersByName = Type.Unsafe<Readonly<Record<string, number>>>({
  type: 'object',
  additionalProperties: { type: 'number' },
})

const ScoreColumns = Type.Object(
  {
    family: Numbers(`0 to 4: ${FAMILIES.join(', ')}.`),
    fromWindow: Numbers('First window judged.'),
    untilWindow: Numbers('One past the last.'),
    standsUntil: Numbers('Up to which window it is the latest word.'),
    hotUntilWindow: Numbers('One past the stretch that holds most of what is unusual.'),
    unconfirmed: Numbers('1: unusual only beside the level before a rise that nobody confirmed.'),
    count: Numbers('Counted.'),
    expected: Numbers('Expected.'),
    hourly: Numbers('Expected an hour around it.'),
    low: Numbers('1 % of the expected distribution.'),
    surprise: Numbers(
      '-ln of the windows like it a week in the account, in its family, as the laws have it: not calibrated.',
    ),
  },
  { ...closed, description: 'One number a score in each column, in the order of their ends.' },
)

const ReplaySeries = Type.Object(
  {
    key: Type.String({ description: 'Names it in /v1/replay/episodes.' }),
    ...{ account: Type.String(), region: Type.String() },
    ...{ eventSource: Type.String(), eventName: Type.String(), errorCode: TextOrNull },
    direction: oneOf(['up', 'down']),
    pool: oneOf(['calls', 'errors', 'distinct', 'newcomers', 'denials', 'breadth']),
    sum: nullable(
      Type.Object({ kind: Type.String(), scope: oneOf(['region', 'principal']) }, closed),
    ),
    isInInsights: Type.Boolean({ description: 'Whether the profile `insights` looks at it.' }),
    override: nullable(Type.Object({ budgetTimes: Type.Number(), floors: NumbersByName }, closed)),
    untilWindow: Window,
    scores: ScoreColumns,
  },
  closed,
)

/** What a history is decided from. */
export const ReplayReply = Type.Object(
  {
    settings: Type.Object(
      {
        windowMinutes: Type.Integer(),
        profile: oneOf(['offtrail', 'insights']),
        alarmBudget: NumbersByName,
        shares: NumbersByName,
        floors: NumbersByName,
      },
      closed,
    ),
    accounts: Type.Array(
      Type.Object({ account: Type.String(), firstMinute: Type.Integer() }, closed),
    ),
    accountWeeks: Type.Number({ description: 'Accounts times weeks that are known.' }),
    labels: Type.Array(
      Type.Object(
        { key: Type.String(), kind: Type.String(), title: Type.String(), startTime: Time },
        closed,
      ),
    ),
    series: Type.Array(ReplaySeries),
  },
  closed,
)

/** Episodes that some sensitivity would raise. */
export const EpisodesQuery = Type.Object(
  {
    episode: Type.Array(Type.String({ maxLength: 4_096 }), {
      minItems: 1,
      maxItems: PAGE_LIMITS.values,
      description:
        'FROM.UNTIL.START.END.KEY: first window that fires, one past the last, where it starts, where it ends (left out: it goes on), key of its series. Repeatable.',
    }),
  },
  closed,
)

/** What decides about them beside their scores, in their order. */
export const EpisodesReply = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'Of the insight it is.' }),
          principal: TextOrNull,
          isHeard: Type.Boolean({
            description: 'Neither suppressed, nor skipped by a calendar, nor switched off.',
          }),
          count: Type.Number({ description: 'Counted in the window that fired.' }),
          mostly: TextOrNull,
          labels: Type.Array(Type.String(), { description: 'Keys of the labels it is about.' }),
        },
        closed,
      ),
    ),
  },
  closed,
)
