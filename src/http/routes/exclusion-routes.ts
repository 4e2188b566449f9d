import { Type } from 'typebox'
import { rfc3339 } from '../../base/times.ts'
import { type Exclusion, exclusionsOf } from '../exclusions.ts'
import type { House, HttpApp } from '../http-types.ts'
import { pointSpan } from '../points/span.ts'
import { spanFields } from '../query/filters.ts'
import { oneOf, TextOrNull, TimeOrNull } from '../reply/shapes.ts'
import { IdParams, seriesById } from './series-routes.ts'

const closed = { additionalProperties: false }
/** Times in one answer. */
const MOST = 1_000

const Query = Type.Object(
  {
    ...spanFields,
    errorCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description: 'What concerns this error code; left out: what concerns all calls.',
      }),
    ),
  },
  closed,
)

/** Exclusions as they are answered. */
export const ExclusionsReply = Type.Object(
  {
    series: Type.String(),
    items: Type.Array(
      Type.Object(
        {
          kind: oneOf(['suppression', 'calendar']),
          title: Type.Unsafe<string | null>({
            ...TextOrNull,
            description: "The calendar's name and its event's; null for a suppression.",
          }),
          reason: Type.String(),
          startTime: Type.Unsafe<string | null>({
            ...TimeOrNull,
            description: 'null: it has no beginning.',
          }),
          endTime: Type.Unsafe<string | null>({
            ...TimeOrNull,
            description: 'null: it has no end.',
          }),
          skip: Type.Array(oneOf(['result', 'learning']), {
            description:
              'result: what begins inside is not reported. learning: counts inside teach no baseline. Both, of a suppression: it drops calls from the counts.',
          }),
          only: Type.Object(
            {
              principal: Type.Optional(Type.String()),
              userAgent: Type.Optional(Type.String()),
              direction: Type.Optional(oneOf(['up', 'down'])),
              errorCode: Type.Optional(Type.String()),
            },
            {
              ...closed,
              description: 'Only insights or calls with these are meant; empty: all are.',
            },
          ),
        },
        closed,
      ),
    ),
    leftOut: Type.Integer({ description: `Later times beyond the first ${MOST}.` }),
  },
  closed,
)

/** `/v1/series/{id}/exclusions`: when suppressions and calendars keep it from being reported, or from teaching. */
export function addExclusionRoutes(
  app: HttpApp,
  { settings, now }: Pick<House, 'settings' | 'now'>,
): void {
  app.get(
    '/v1/series/:id/exclusions',
    {
      config: { access: 'account' },
      schema: {
        summary:
          'When suppressions and calendars of the settings keep it from being reported, or from teaching; the last known day unless asked otherwise.',
        params: IdParams,
        querystring: Query,
        response: { 200: ExclusionsReply },
      },
    },
    async ({ params, query, reader }) => {
      const series = seriesById(reader, params.id)
      const { errorCode = null } = query
      const span = pointSpan(reader, series, { ...query, period: 3_600 }, now())
      const all = exclusionsOf(settings.detection, { series, errorCode, ...span })
      const items = all.slice(0, MOST).map(itemOf)
      return { series: series.id, items, leftOut: all.length - items.length }
    },
  )
}

function itemOf({ fromMs, untilMs, ...exclusion }: Exclusion) {
  return {
    ...exclusion,
    startTime: fromMs === null ? null : rfc3339(fromMs),
    endTime: untilMs === null ? null : rfc3339(untilMs),
  }
}
