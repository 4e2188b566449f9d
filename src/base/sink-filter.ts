import { type Static, Type } from 'typebox'

const patterns = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 512 }), { minItems: 1, description }),
  )
const someOf = <const Value extends string>(values: readonly Value[], description: string) =>
  Type.Optional(Type.Array(Type.Enum([...values]), { minItems: 1, description }))

/** Which insights a sink is told of: several values of one field are alternatives, all fields must agree. */
export const SinkFilterSchema = Type.Object(
  {
    minSeverity: Type.Optional(
      Type.Enum(['info', 'minor', 'major', 'critical'], {
        description: 'At least this severe; of an incident the worst of its insights counts.',
      }),
    ),
    account: patterns('Account ids, with * and ?.'),
    region: patterns('AWS Regions, with * and ?.'),
    api: patterns('service:Action, with * and ?: iam:*.'),
    insightType: someOf(
      ['ApiCallRateInsight', 'ApiErrorRateInsight', 'AggregateInsight', 'NewApiInsight'],
      'Types of insights. First calls of an API (NewApiInsight) are told only where they are named here.',
    ),
    direction: someOf(['up', 'down'], 'Rises, or falls.'),
    state: someOf(['open', 'closed'], 'open: only what lasts; closed: only what is over.'),
  },
  { additionalProperties: false },
)

export type SinkFilter = Static<typeof SinkFilterSchema>
