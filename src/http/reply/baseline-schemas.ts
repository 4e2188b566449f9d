import { Type } from 'typebox'
import { seriesKeyFields } from './schemas.ts'
import { nullable, oneOf, refTo, TextOrNull } from './shapes.ts'

const closed = { additionalProperties: false }

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

/** What is normal in one hour of the week, UTC. */
export const Slot = Type.Object(
  {
    weekday: oneOf(WEEKDAYS),
    hour: Type.Integer({ minimum: 0, maximum: 23 }),
    expected: Type.Number({ description: 'Calls expected in that hour.' }),
    low: Type.Number({ description: '1 % of such hours have fewer.' }),
    high: Type.Number({ description: '1 % of such hours have more.' }),
  },
  { $id: 'Slot', ...closed },
)

const Dispersion = Type.Object(
  { minutes: Type.Integer(), phi: Type.Number(), alpha: Type.Number() },
  { ...closed, description: 'Variance of windows of this length: phi mean + alpha mean squared.' },
)

const headFields = {
  series: Type.String({ description: 'Id of the series.' }),
  ...seriesKeyFields,
  errorCode: TextOrNull,
  standing: oneOf(
    ['dense', 'sparse', 'learning'],
    "dense: a baseline of its own. sparse, learning: judged by the account's pooled law of bursts.",
  ),
  sentence: Type.String(),
}

/** A baseline in a list; with one hour of the week if that was asked for. */
export const BaselineItem = Type.Object(
  { ...headFields, slot: Type.Optional(refTo(Slot)) },
  { $id: 'BaselineItem', ...closed },
)

/** The account's law of bursts, which judges every API that has no baseline of its own. */
const Law = Type.Object(
  {
    location: Type.Number({ description: 'Mean of ln(calls of a burst).' }),
    spread: Type.Number({ description: 'Standard deviation of it.' }),
    burstsPerWeek: Type.Number({ description: 'Bursts a week in the whole account.' }),
    smallestNoticed: Type.Integer({
      description: 'Calls from which on a burst would be reported.',
    }),
  },
  closed,
)

/** A baseline by itself. */
export const BaselineReply = Type.Object(
  {
    ...headFields,
    asOf: Type.String({ format: 'date-time', description: 'Start of the day it is for.' }),
    observedDays: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description:
        'Days it was learned from; null where that is not kept (`at`), or there is none.',
    }),
    dispersion: Type.Array(Dispersion),
    profile: Type.Array(refTo(Slot), { description: 'Hours of the week; empty unless dense.' }),
    law: nullable(Law),
  },
  { $id: 'Baseline', ...closed },
)
