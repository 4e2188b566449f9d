import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { calendarsProblems } from './calendars/calendar-events.ts'
import { CalendarSchema } from './calendars.ts'
import { Fault } from './fault.ts'
import { OverrideSchema } from './overrides.ts'
import { withPreset } from './preset.ts'
import { problemsOf, type WrongSetting } from './setting-problems.ts'
import { SINK_TYPES, SinkSchema, sinkOddities, sinkSchemaOf } from './sinks.ts'
import { SuppressionSchema, suppressionOddities } from './suppressions.ts'

const closed = { additionalProperties: false }
const share = (value: number) => Type.Number({ minimum: 0, maximum: 1, default: value })

const Calendars = Type.Array(CalendarSchema, {
  maxItems: 100,
  default: [],
  description: 'Maintenance windows, freezes and load tests: not reported, or not learned from.',
})

const Suppressions = Type.Array(SuppressionSchema, {
  maxItems: 1000,
  default: [],
  description:
    'What nobody wants to hear of: insights that are silenced, or calls that are dropped from the counts.',
})

/** Every setting with its default, range and meaning: one source for the file, `config print` and editors. */
export const SettingsSchema = Type.Object(
  {
    windowMinutes: Type.Union(
      [Type.Literal(1), Type.Literal(5), Type.Literal(15), Type.Literal(30), Type.Literal(60)],
      { default: 5, description: 'Length of the detection window on the clock grid, minutes.' },
    ),
    profile: Type.Union([Type.Literal('offtrail'), Type.Literal('insights')], {
      default: 'offtrail',
      description: 'offtrail: reads and writes. insights: call rate of writes only, as AWS does.',
    }),
    preset: Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')], {
      default: 'medium',
      description:
        'The budgets in a word: 0.5, 2 or 8 incidents a week and account, five times as many in all. alarmBudget itself wins.',
    }),
    alarmBudget: Type.Object(
      {
        account: Type.Number({
          exclusiveMinimum: 0,
          maximum: 100,
          default: 2,
          description: 'Incidents a week and account that one is willing to look at.',
        }),
        organization: Type.Number({
          exclusiveMinimum: 0,
          maximum: 1000,
          default: 10,
          description: 'The same over all accounts of the store; the stricter of the two wins.',
        }),
        newApis: Type.Number({
          minimum: 0,
          maximum: 1000,
          default: 5,
          description:
            'First calls of an API a week and account that are shown as information; 0: none.',
        }),
      },
      { ...closed, default: {} },
    ),
    shares: Type.Object(
      {
        denseCalls: share(0.3),
        poolCalls: share(0.45),
        denseErrors: share(0.05),
        poolErrors: share(0.05),
        aggregates: share(0.15),
      },
      {
        ...closed,
        default: {},
        description: 'How the budget is split over the families of tests.',
      },
    ),
    floors: Type.Object(
      {
        calls: Type.Integer({ minimum: 1, default: 10 }),
        ratio: Type.Number({ minimum: 1, default: 2 }),
        errors: Type.Integer({ minimum: 1, default: 5 }),
        denseCalls: Type.Integer({ minimum: 1, default: 3 }),
        denseErrors: Type.Integer({ minimum: 1, default: 2 }),
        distinct: Type.Integer({ minimum: 1, default: 10 }),
        newcomers: Type.Integer({ minimum: 1, default: 5 }),
        denials: Type.Integer({ minimum: 1, default: 5 }),
        breadth: Type.Integer({ minimum: 1, default: 30 }),
      },
      {
        ...closed,
        default: {},
        description:
          'Below these nothing alarms: calls and ratio to the expectation where the baseline is under a call an hour; errors; excess on a busy API; of aggregates different APIs over the expectation, first-seen APIs, denied calls, different APIs of one caller in half an hour.',
      },
    ),
    overrides: Type.Array(OverrideSchema, {
      maxItems: 1000,
      default: [],
      description:
        'Another sensitivity for some APIs; where several match, of each value the last one stands.',
    }),
    suppressions: Suppressions,
    sinks: Type.Array(SinkSchema, {
      maxItems: 100,
      default: [],
      description: 'Who is told of insights as they come, each by name.',
    }),
    calendars: Calendars,
    actorCap: Type.Integer({
      minimum: 10,
      maximum: 100_000,
      default: 1000,
      description:
        'Distinct identities (agents, resources) counted per API and 5 minutes; beyond, only the total.',
    }),
    queue: Type.Object(
      {
        receives: Type.Integer({ minimum: 1, maximum: 1000, default: 5 }),
        visibilitySeconds: Type.Integer({ minimum: 1, maximum: 43_200, default: 120 }),
      },
      {
        ...closed,
        default: {},
        description:
          'offtrail watch: how often a message is received before its objects that cannot be read go to the quarantine; seconds it is kept from other readers at a time, which is also the pause before the next try.',
      },
    ),
    inbox: Type.Object(
      {
        files: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000 }),
        bytes: Type.Integer({ minimum: 1024, default: 2 ** 30 }),
      },
      {
        ...closed,
        default: {},
        description:
          'offtrail serve: how much of what is pushed may wait for the next run; beyond, pushing is refused.',
      },
    ),
    limits: Type.Object(
      {
        storedBytes: Type.Integer({ minimum: 1024, default: 64 * 2 ** 20 }),
        inflatedBytes: Type.Integer({ minimum: 1024, default: 2 ** 30 }),
        inflateRatio: Type.Integer({ minimum: 10, default: 200 }),
        recordBytes: Type.Integer({ minimum: 1024, default: 2 * 2 ** 20 }),
        wholeFileBytes: Type.Integer({ minimum: 1024, default: 64 * 2 ** 20 }),
      },
      { ...closed, default: {}, description: 'What one file may cost, bytes.' },
    ),
  },
  closed,
)

export type Settings = Static<typeof SettingsSchema>

/**
 * Settings from what a file holds: defaults filled in, every key and range checked, frozen.
 * Throws `SETTINGS_INVALID` naming each wrong place.
 */
export function settingsFrom(raw: unknown): Settings {
  const filled = Value.Default(SettingsSchema, structuredClone(withPreset(raw) ?? {}))
  const problems = settingsProblems(raw)
  if (problems.length === 0 && Value.Check(SettingsSchema, filled)) return deepFreeze(filled)
  throw new Fault(
    'SETTINGS_INVALID',
    `settings: ${problems.map(({ path, words }) => `${path}: ${words}`).join('; ')}`,
  )
}

/** Every wrong place of raw settings. Empty: they are valid. */
export function settingsProblems(raw: unknown): readonly WrongSetting[] {
  const filled = Value.Default(SettingsSchema, structuredClone(withPreset(raw) ?? {}))
  const { sinks, calendars, suppressions } = (filled ?? {}) as Readonly<Record<string, unknown>>
  return [
    // What is wrong with a sink its own schema says better than that of all sinks.
    ...problemsOf(SettingsSchema, filled, '').filter(({ path }) => !/^sinks\.\d/.test(path)),
    ...(Array.isArray(sinks) ? sinksProblems(sinks) : []),
    ...(Value.Check(Calendars, calendars) ? calendarsProblems(calendars) : []),
    ...(Value.Check(Suppressions, suppressions) ? suppressionsProblems(suppressions) : []),
  ]
}

function sinksProblems(sinks: readonly unknown[]): readonly WrongSetting[] {
  const problems = sinks.flatMap((sink, at) => {
    const schema = sinkSchemaOf((sink as { type?: unknown } | null)?.type)
    if (schema !== undefined) return problemsOf(schema, sink, `/sinks/${at}`)
    return [{ path: `sinks.${at}.type`, words: `must be one of ${SINK_TYPES.join(', ')}` }]
  })
  const odd = sinkOddities(sinks).map(({ path, words }) => ({ path: `sinks.${path}`, words }))
  return [...problems, ...odd]
}

function suppressionsProblems(rules: Settings['suppressions']): readonly WrongSetting[] {
  return suppressionOddities(rules).map(({ path, words }) => ({
    ...{ path: `suppressions.${path}`, words },
  }))
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part)
    Object.freeze(value)
  }
  return value
}
