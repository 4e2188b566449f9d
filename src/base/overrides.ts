import { type Static, Type } from 'typebox'

const pattern = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, description }))
const floor = (minimum: number, description: string) =>
  Type.Optional(Type.Number({ minimum, description }))

/** Another sensitivity for some APIs, or sums over them: a rule turns what it names, for whatever matches all its selectors. */
export const OverrideSchema = Type.Object(
  {
    api: pattern('service:Action, with * and ?: iam:*. Sums over many APIs: offtrail:*.'),
    account: pattern('Account id.'),
    region: pattern('AWS Region.'),
    errorCode: pattern('Error rates of this code; call rates never match.'),
    insightType: Type.Optional(
      Type.Enum(['ApiCallRateInsight', 'ApiErrorRateInsight', 'AggregateInsight'], {
        description: 'Call rates, error rates, or sums over many APIs.',
      }),
    ),
    direction: Type.Optional(Type.Enum(['up', 'down'], { description: 'Rises, or falls.' })),
    readOnly: Type.Optional(Type.Boolean({ description: 'APIs that mostly read, or others.' })),
    budgetTimes: Type.Optional(
      Type.Number({
        minimum: 0.001,
        maximum: 1000,
        description:
          'So many times the false alarms of them as otherwise: 0.1 is stricter, 10 looser.',
      }),
    ),
    floors: Type.Optional(
      Type.Object(
        {
          calls: floor(1, 'Least calls of a rare API.'),
          ratio: floor(1, 'Least multiple of the expectation of a rare API.'),
          errors: floor(1, 'Least errors of a rare API.'),
          denseCalls: floor(1, 'Least difference from the expectation of a busy API.'),
          denseErrors: floor(1, 'The same of errors.'),
          distinct: floor(1, 'Least different APIs over the expectation, of a Region.'),
          newcomers: floor(1, 'Least first-seen APIs.'),
          denials: floor(1, 'Least denied calls.'),
          breadth: floor(1, 'Least different APIs by one caller in half an hour.'),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
    ),
    reason: Type.Optional(Type.String({ maxLength: 512, description: 'Why.' })),
  },
  { additionalProperties: false, minProperties: 1 },
)

export type Override = Static<typeof OverrideSchema>
