import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { HttpApp, PagedHouse } from '../http-types.ts'
import { pointsOf } from '../points/points.ts'
import { pointSpan } from '../points/span.ts'
import { defaulted } from '../query/defaulted.ts'
import { seriesFields, seriesFilterFrom, spanFields } from '../query/filters.ts'
import { pageFields } from '../query/pager.ts'
import { Point, SeriesReply } from '../reply/schemas.ts'
import { oneOf, pageOf, refTo } from '../reply/shapes.ts'
import { seriesReply } from '../reply/views.ts'

const closed = { additionalProperties: false }

const ListQuery = Type.Object({ ...seriesFields, ...pageFields }, closed)

export const IdParams = Type.Object({ id: Type.String({ maxLength: 100 }) }, closed)

const PointsQuery = Type.Object(
  {
    ...spanFields,
    period: defaulted(
      Type.Unsafe<60 | 300 | 3600>({
        type: 'integer',
        enum: [60, 300, 3600],
        default: 300,
        description: 'Seconds of one point.',
      }),
    ),
    errorCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description: 'Only calls with this error code; left out: all calls.',
      }),
    ),
    fill: defaulted(
      Type.Unsafe<'zeros' | 'nonzero'>({
        ...oneOf(
          ['zeros', 'nonzero'],
          'zeros: a point for every period; nonzero: only those with calls.',
        ),
        default: 'zeros',
      }),
    ),
  },
  closed,
)

const PointsReply = Type.Object(
  { series: Type.String(), period: Type.Integer(), items: Type.Array(refTo(Point)) },
  closed,
)

/** `/v1/series`: the APIs that were seen, and one through time: count, expectation, band, score. */
export function addSeriesRoutes(app: HttpApp, house: PagedHouse): void {
  addList(app, house)
  const { settings, now } = house
  app.get(
    '/v1/series/:id',
    {
      config: { access: 'account' },
      schema: {
        summary: 'One API of an account and Region.',
        params: IdParams,
        response: { 200: refTo(SeriesReply) },
      },
    },
    async ({ params, reader }) => seriesReply(seriesById(reader, params.id)),
  )
  app.get(
    '/v1/series/:id/points',
    {
      config: { access: 'account' },
      schema: {
        summary:
          'It through time: count, expectation, band and score; the last known day unless asked otherwise.',
        params: IdParams,
        querystring: PointsQuery,
        response: { 200: PointsReply },
      },
    },
    async ({ params, query, reader }) => {
      const row = seriesById(reader, params.id)
      const { period, errorCode = null, fill } = query
      const span = pointSpan(reader, row, query, now())
      const question = { ...span, errorCode, fill, windowMinutes: settings.detection.windowMinutes }
      const items = reader.snapshot(() => pointsOf(reader, row, question))
      return { series: row.id, period, items }
    },
  )
}

function addList(app: HttpApp, { now, pager }: PagedHouse): void {
  app.get(
    '/v1/series',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary: 'The APIs that were seen, by account, Region and category.',
        querystring: ListQuery,
        response: { 200: pageOf(refTo(SeriesReply)) },
      },
    },
    async ({ query, reader }, reply) => {
      const turn = pager.turn('/v1/series', query, now())
      const { rows, next } = reader.series(seriesFilterFrom(query), turn.page)
      return { items: rows.map(seriesReply), ...pager.next(reply, turn, next) }
    },
  )
}

/** The series with this id. Throws `NOT_FOUND`. */
export function seriesById(store: StoreReader, id: string): SeriesRow {
  const row = store.seriesById(id)
  if (row !== undefined) return row
  throw new Fault('NOT_FOUND', `there is no series '${id}': /v1/series lists them`)
}
