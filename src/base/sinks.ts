import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false }
const text = (description: string) => Type.String({ minLength: 1, maxLength: 2048, description })
const patterns = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 512 }), { minItems: 1, description }),
  )
const someOf = <const Value extends string>(values: readonly Value[], description: string) =>
  Type.Optional(Type.Array(Type.Enum([...values]), { minItems: 1, description }))

/** Where a secret stands: a file that its owner alone reads, or an environment variable. Settings never hold one. */
export const SecretSchema = Type.Object(
  {
    file: Type.Optional(text('File that holds it, readable by its owner alone.')),
    env: Type.Optional(text('Environment variable that holds it.')),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    description: 'Where the secret is: one of the two.',
  },
)

export type SecretPlace = Static<typeof SecretSchema>

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
  closed,
)

export type SinkFilter = Static<typeof SinkFilterSchema>

const common = {
  name: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    description: 'Its name: a-z, 0-9 and -. What was delivered is remembered under it.',
  }),
  filter: Type.Optional(SinkFilterSchema),
}
const reach = {
  allowHttp: Type.Optional(Type.Boolean({ description: 'Plain HTTP too. Default: HTTPS alone.' })),
  allowPrivate: Type.Optional(
    Type.Boolean({
      description:
        'Loopback and private addresses too (never link-local ones, where clouds keep credentials).',
    }),
  ),
}

export const WebhookSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('webhook') },
    url: text('Where messages are posted to.'),
    secret: Type.Optional(SecretSchema),
    ...reach,
  },
  closed,
)

export type WebhookSettings = Static<typeof WebhookSchema>

/** Places that are told of insights as they come. */
export const SinkSchema = Type.Union([WebhookSchema])

export type SinkSettings = Static<typeof SinkSchema>

/** The schema of one type of sink; undefined: there is no such type. */
export function sinkSchemaOf(type: unknown): (typeof SINK_SCHEMAS)[number] | undefined {
  return SINK_SCHEMAS.find(({ properties }) => properties.type.const === type)
}

const SINK_SCHEMAS = SinkSchema.anyOf

/** Types of sinks, in the order of the schema. */
export const SINK_TYPES: readonly string[] = SINK_SCHEMAS.map(
  ({ properties }) => properties.type.const,
)

/** What of a list of sinks no schema says: names that stand twice. Each with the place in the list. */
export function sinkClashes(sinks: readonly unknown[]): readonly { at: number; words: string }[] {
  const names = sinks.map((sink) => (sink as { name?: unknown } | null)?.name)
  return names.flatMap((name, at) =>
    typeof name === 'string' && names.indexOf(name) < at
      ? [{ at, words: `another sink is called ${name}: each needs a name of its own` }]
      : [],
  )
}
