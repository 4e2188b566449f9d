import { type Static, Type } from 'typebox'

const pattern = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, description }))
const zone = pattern('IANA time zone of times that name none: Europe/Berlin. Otherwise UTC.')

const EventSchema = Type.Object(
  {
    start: Type.String({
      maxLength: 40,
      description:
        '2026-10-25T02:30 (in the zone), with Z or an offset, or 2026-10-25 for whole days.',
    }),
    end: Type.String({ maxLength: 40, description: 'The first moment, or day, after it.' }),
    repeats: pattern('RRULE of RFC 5545: FREQ=WEEKLY;BYDAY=SU.'),
    zone,
  },
  { additionalProperties: false },
)

/** Times at which what happens is not to be reported, or not to be learned from. */
export const CalendarSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128, description: 'What it is called.' }),
    file: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'An iCalendar file (.ics), from where the settings file lies.',
      }),
    ),
    ics: Type.Optional(
      Type.String({ maxLength: 2 ** 20, description: 'The same as text, instead of a file.' }),
    ),
    events: Type.Optional(Type.Array(EventSchema, { maxItems: 1000, description: 'Its events.' })),
    zone,
    skip: Type.Array(Type.Enum(['result', 'learning']), {
      minItems: 1,
      uniqueItems: true,
      description:
        'result: what begins inside is not reported. learning: counts inside teach no baseline.',
    }),
    api: pattern('service:Action, with * and ?: ec2:Describe*.'),
    account: pattern('Account id.'),
    region: pattern('AWS Region.'),
    reason: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'Why, for whoever comes next.',
    }),
  },
  { additionalProperties: false },
)

export type Calendar = Static<typeof CalendarSchema>
export type InlineEvent = Static<typeof EventSchema>
