import { type Static, Type } from 'typebox'
import { EXTERNAL_ID, ROLE_ARN } from './aws-role.ts'
import { SinkFilterSchema } from './sink-filter.ts'
import { templateOddities } from './templates/sink-templates.ts'

const closed = { additionalProperties: false }
const text = (description: string) => Type.String({ minLength: 1, maxLength: 2048, description })

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

const strict = Type.Optional(
  Type.Boolean({
    description: "Insights records with AWS's own fields only. Default: with a block of our own.",
  }),
)

const template = {
  template: Type.Optional(
    Type.String({
      ...{ minLength: 1, maxLength: 20_000 },
      description: 'What is sent instead: Mustache over the fields of a message.',
    }),
  ),
  templateFile: Type.Optional(text('File that holds the template, beside the settings.')),
}

export const WebhookSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('webhook') },
    url: Type.Optional(text('Where messages are posted to. Or, where the address is a secret:')),
    urlFile: Type.Optional(text('File that holds the URL, readable by its owner alone.')),
    urlEnv: Type.Optional(text('Environment variable that holds the URL.')),
    secret: Type.Optional(SecretSchema),
    ...template,
    format: Type.Optional(
      Type.Enum(['offtrail', 'ocsf'], {
        description:
          'ocsf: an array of OCSF Detection Findings, one an insight. Default: offtrail.',
      }),
    ),
    ...reach,
  },
  closed,
)

export type WebhookSettings = Static<typeof WebhookSchema>

export const SlackSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('slack') },
    webhookUrl: Type.Optional(SecretSchema),
    token: Type.Optional(SecretSchema),
    channel: Type.Optional(text('Where a bot with the token posts: a channel id.')),
    ...template,
    ...reach,
  },
  {
    ...closed,
    description:
      'webhookUrl: a message an incident. token (of a bot that may chat:write) and channel: a thread an incident.',
  },
)

export type SlackSettings = Static<typeof SlackSchema>

export const FolderSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('folder') },
    path: text('Where files go; made where it is not there.'),
    format: Type.Optional(
      Type.Enum(['insights', 'ocsf'], {
        description:
          'insights: CloudTrail Insights records in the S3 layout. ocsf: an OCSF Detection Finding a file. Default: insights.',
      }),
    ),
    strict,
  },
  closed,
)

export type FolderSettings = Static<typeof FolderSchema>

const aws = {
  profile: Type.Optional(text('Profile of the AWS configuration files.')),
  endpointUrl: Type.Optional(text("In place of the Region's own endpoint.")),
  roleArn: Type.Optional(
    Type.String({ pattern: ROLE_ARN, description: 'A role to take, also of another account.' }),
  ),
  externalId: Type.Optional(
    Type.String({ pattern: EXTERNAL_ID, description: "What the role's trust policy may ask for." }),
  ),
}

export const SnsSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('sns') },
    topicArn: Type.String({
      pattern: '^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?$',
      description: 'The topic; its Region is that of the ARN.',
    }),
    subject: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 500 },
        description: 'Template of the subject, of which 100 printable ASCII characters go out.',
      }),
    ),
    ...template,
    format: Type.Optional(
      Type.Enum(['text', 'json'], { description: 'What the template gives. Default: text.' }),
    ),
    ...aws,
  },
  closed,
)

export type SnsSettings = Static<typeof SnsSchema>

export const EventBridgeSchema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('eventbridge') },
    bus: Type.Optional(text('Name or ARN of the event bus. Default: default.')),
    source: Type.Optional(
      Type.String({
        pattern: '^(?!aws[.])[A-Za-z0-9._/-]{1,256}$',
        description: "The events' source; AWS keeps aws.* for itself. Default: offtrail.",
      }),
    ),
    region: Type.Optional(text('AWS Region. Default: that of the environment or the profile.')),
    ...aws,
  },
  closed,
)

export type EventBridgeSettings = Static<typeof EventBridgeSchema>

export const S3Schema = Type.Object(
  {
    ...{ ...common, type: Type.Literal('s3') },
    bucket: Type.String({
      pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
      description: 'The bucket that Insights records are written to, in the layout of CloudTrail.',
    }),
    prefix: Type.Optional(
      Type.String({
        pattern: "^(?!/)[A-Za-z0-9!_.*'()/=-]{1,200}$",
        description: 'What comes before AWSLogs, without a / at its start.',
      }),
    ),
    organization: Type.Optional(
      Type.String({
        pattern: '^o-[a-z0-9]{10,32}$',
        description: 'Id of the organisation, to stand after AWSLogs as in its trail.',
      }),
    ),
    strict,
    region: Type.Optional(text('AWS Region. Default: that of the environment or the profile.')),
    kmsKeyId: Type.Optional(
      text("Key that objects are encrypted with (SSE-KMS). Default: the bucket's own setting."),
    ),
    expectedBucketOwner: Type.Optional(
      Type.String({
        pattern: '^[0-9]{12}$',
        description: 'Account the bucket must belong to; S3 refuses to write where it does not.',
      }),
    ),
    ...aws,
  },
  closed,
)

export type S3Settings = Static<typeof S3Schema>

/** Places that are told of insights as they come. */
export const SinkSchema = Type.Union([
  WebhookSchema,
  SlackSchema,
  SnsSchema,
  EventBridgeSchema,
  S3Schema,
  FolderSchema,
])

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

/** What is wrong with a list of sinks that no schema says, with the place in it. */
export function sinkOddities(
  sinks: readonly unknown[],
): readonly { readonly path: string; readonly words: string }[] {
  const known = sinks.map((sink) => (sink ?? {}) as Readonly<Record<string, unknown>>)
  const names = known.map(({ name }) => name)
  return known.flatMap(({ name, ...sink }, at) => [
    ...templateOddities(sink).map(({ path, words }) => ({
      ...{ path: `${at}.${path}`, words },
    })),
    ...(typeof name === 'string' && names.indexOf(name) < at
      ? [{ path: `${at}.name`, words: `another sink is called ${name}: each needs its own name` }]
      : []),
    ...kindOddities(sink).map((words) => ({ path: `${at}`, words })),
  ])
}

function kindOddities(sink: Readonly<Record<string, unknown>>): readonly string[] {
  const count = (...keys: readonly string[]) => keys.filter((key) => sink[key] !== undefined).length
  const { type, externalId, roleArn } = sink
  if (type === 'slack' && count('token', 'channel') !== 2 - 2 * count('webhookUrl'))
    return ['takes either webhookUrl, or token and channel']
  if (type === 'webhook' && count('url', 'urlFile', 'urlEnv') !== 1)
    return ['takes one of url, urlFile and urlEnv']
  return externalId !== undefined && roleArn === undefined
    ? ['takes externalId with roleArn alone']
    : []
}
