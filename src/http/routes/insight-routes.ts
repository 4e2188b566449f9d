import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { recordsOf } from '../../insight/record.ts'
import { insightsAsCsv } from '../../sink/insights-as-csv.ts'
import { safeJson } from '../../sink/safe.ts'
import type { InsightOrder, InsightRevision, StoreReader } from '../../store/store.ts'
import type { HttpApp, PagedHouse } from '../http-types.ts'
import { acceptedOf } from '../query/accepted.ts'
import { chosenFields, fieldsField, withFields } from '../query/chosen-fields.ts'
import { defaulted } from '../query/defaulted.ts'
import { insightFields, insightFilterFrom } from '../query/filters.ts'
import { pageFields } from '../query/pager.ts'
import { InsightItem, InsightItemPart, InsightReply } from '../reply/schemas.ts'
import { oneOf, pageOf, refTo } from '../reply/shapes.ts'
import { insightItem, insightReply } from '../reply/views.ts'

const closed = { additionalProperties: false }

const ORDERS = [
  'startTime',
  '-startTime',
  'severity',
  '-severity',
  'score',
  '-score',
] as const satisfies readonly InsightOrder[]

const ListQuery = Type.Object(
  {
    ...insightFields,
    sort: defaulted(
      Type.Unsafe<InsightOrder>({
        ...oneOf(ORDERS, 'Order of the list; - is falling.'),
        default: '-startTime',
      }),
    ),
    fields: fieldsField,
    ...pageFields,
  },
  closed,
)

/** The id in a path. */
export const IdParams = Type.Object({ id: Type.String({ maxLength: 100 }) }, closed)
const RecordsQuery = Type.Object(
  {
    strict: Type.Optional(
      Type.Boolean({
        description: "AWS's own fields only, and no record where they would mislead.",
      }),
    ),
  },
  closed,
)

/** `/v1/insights`: what left its normal range; one by itself; its records as AWS writes them. */
export function addInsightRoutes(app: HttpApp, house: PagedHouse): void {
  addList(app, house)
  app.get(
    '/v1/insights/:id',
    {
      config: { access: 'account' },
      schema: {
        summary: 'One insight: who made the calls, and every number behind its score.',
        params: IdParams,
        response: { 200: refTo(InsightReply) },
      },
    },
    async ({ params, reader }) => insightReply(insightById(reader, params.id)),
  )
  app.get(
    '/v1/insights/:id/records',
    {
      config: { access: 'account' },
      schema: {
        summary: 'Its Start and End records as CloudTrail Insights writes them.',
        params: IdParams,
        querystring: RecordsQuery,
        response: {
          200: Type.Object({
            Records: Type.Array(Type.Object({}, { additionalProperties: true })),
          }),
        },
      },
    },
    async ({ params, query, reader }) => ({
      Records: recordsOf(insightById(reader, params.id).insight, { strict: query.strict ?? false }),
    }),
  )
}

function addList(app: HttpApp, { now, pager }: PagedHouse): void {
  app.get(
    '/v1/insights',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary: 'What left its normal range. Also as application/x-ndjson and text/csv (Accept).',
        querystring: ListQuery,
        response: {
          200: {
            description: 'One page.',
            content: {
              'application/json': { schema: pageOf(refTo(InsightItemPart)) },
              'application/x-ndjson': { schema: Type.String() },
              'text/csv': { schema: Type.String() },
            },
          },
        },
      },
    },
    async ({ query, headers, reader }, reply) => {
      const turn = pager.turn('/v1/insights', query, now())
      const filter = insightFilterFrom(query, turn.nowMs)
      const { rows, next } = reader.insights(filter, query.sort, turn.page)
      const place = pager.next(reply, turn, next)
      const chosen = chosenFields(query.fields, InsightItem)
      return listAs({ form: acceptedOf(headers.accept, FORMS), chosen }, rows, place, reply)
    },
  )
}

const FORMS = ['application/json', 'application/x-ndjson', 'text/csv'] as const

interface ListForm {
  readonly form: (typeof FORMS)[number]
  /** CSV has its own columns, whatever is chosen. */
  readonly chosen: readonly string[] | null
}

function listAs(
  { form, chosen }: ListForm,
  rows: readonly InsightRevision[],
  place: { readonly nextCursor?: string },
  reply: FastifyReply,
) {
  reply.header('vary', 'accept')
  if (form === 'application/json') {
    return { items: rows.map((row) => withFields(insightReply(row), chosen)), ...place }
  }
  const extension = form === 'text/csv' ? 'csv' : 'ndjson'
  return reply
    .type(`${form}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="insights.${extension}"`)
    .serializer((text: string) => text)
    .send(
      form === 'text/csv'
        ? insightsAsCsv(rows.map(({ insight }) => insight))
        : rows.map((row) => `${safeJson(withFields(insightItem(row), chosen))}\n`).join(''),
    )
}

/** Throws `NOT_FOUND`. */
export function insightById(store: StoreReader, id: string): InsightRevision {
  const found = store.insightById(id)
  if (found === undefined) {
    throw new Fault('NOT_FOUND', `there is no insight '${id}': /v1/insights lists them`)
  }
  return found
}
