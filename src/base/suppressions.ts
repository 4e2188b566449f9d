import { type Static, Type } from 'typebox'

const pattern = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, description }))

/** What nobody wants to hear of: a rule silences insights that match all it names. */
export const SuppressionSchema = Type.Object(
  {
    api: pattern('service:Action, with * and ?: ec2:Describe*.'),
    account: pattern('Account id.'),
    region: pattern('AWS Region.'),
    principal: pattern(
      'ARN of the caller behind most of it, without session name: *role/deployer.',
    ),
    userAgent: pattern('The user agent behind most of it.'),
    errorCode: pattern('Error code of an error-rate insight.'),
    insightType: Type.Optional(
      Type.Enum(
        ['ApiCallRateInsight', 'ApiErrorRateInsight', 'AggregateInsight', 'NewApiInsight'],
        { description: 'Type of insight.' },
      ),
    ),
    direction: Type.Optional(Type.Enum(['up', 'down'], { description: 'Rises, or falls.' })),
    from: Type.Optional(
      Type.String({ format: 'date-time', description: 'Only what begins from then on, RFC 3339.' }),
    ),
    until: Type.Optional(
      Type.String({ format: 'date-time', description: 'Only what begins before, RFC 3339.' }),
    ),
    reason: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'Why, for whoever comes next.',
    }),
  },
  { additionalProperties: false, minProperties: 2 },
)

export type Suppression = Static<typeof SuppressionSchema>
