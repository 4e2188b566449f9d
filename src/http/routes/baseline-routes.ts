import { type Static, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { SeriesRow, StoredBaseline, StoreReader } from '../../store/store.ts'
import { baselineItem, baselineOn, baselineReply } from '../baselines/baseline-reply.ts'
import { lawBook } from '../baselines/law.ts'
import type { HttpApp, PagedHouse } from '../http-types.ts'
import { moment, momentFrom, seriesFields, seriesFilterFrom } from '../query/filters.ts'
import { pageFields } from '../query/pager.ts'
import { BaselineItem, BaselineReply, WEEKDAYS } from '../reply/baseline-schemas.ts'
import { oneOf, pageOf, refTo } from '../reply/shapes.ts'
import { seriesById } from './series-routes.ts'

const closed = { additionalProperties: false }
const DAY_MS = 86_400_000

const slotFields = {
  weekday: Type.Optional(oneOf(WEEKDAYS, 'Only this day of the week (UTC).')),
  hour: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 23, description: 'Only this hour of the day (UTC).' }),
  ),
}

const ListQuery = Type.Object({ ...seriesFields, ...slotFields, ...pageFields }, closed)

const Params = Type.Object({ seriesId: Type.String({ maxLength: 100 }) }, closed)

const OneQuery = Type.Object(
  {
    ...slotFields,
    errorCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description: 'An error code; left out: all calls.',
      }),
    ),
    at: Type.Optional(moment('As it was on the day (UTC) of this moment; left out: now.')),
  },
  closed,
)

/** `/v1/baselines`: what is normal. */
export function addBaselineRoutes(app: HttpApp, house: PagedHouse): void {
  const { now, pager } = house
  app.get(
    '/v1/baselines',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary: 'What is normal for each API; with weekday and hour, in that hour of the week.',
        querystring: ListQuery,
        response: { 200: pageOf(refTo(BaselineItem)) },
      },
    },
    async ({ query, reader }, reply) => {
      const turn = pager.turn('/v1/baselines', query, now())
      return reader.snapshot(() => {
        const { rows, next } = reader.baselines(seriesFilterFrom(query), turn.page)
        const book = lawBook(house)
        const items = rows.map((row) => baselineItem(book, row.series, row.baseline, query))
        return { items, ...pager.next(reply, turn, next) }
      })
    },
  )
  app.get(
    '/v1/baselines/:seriesId',
    {
      config: { access: 'account' },
      schema: {
        summary:
          'What is normal for one API: its week hour by hour, or the law its bursts are judged by.',
        params: Params,
        querystring: OneQuery,
        response: { 200: refTo(BaselineReply) },
      },
    },
    async ({ params, query, reader }) => {
      const row = seriesById(reader, params.seriesId)
      return reader.snapshot(() => answerFor(house, row, query))
    },
  )
}

function answerFor(house: PagedHouse, row: SeriesRow, query: Static<typeof OneQuery>) {
  const { at, errorCode = null, ...choice } = query
  const { store, now } = house
  const stored = baselineOf(store, row, errorCode)
  if (at === undefined) return baselineReply(lawBook(house), row, stored, choice)
  const day = Math.floor(momentFrom('at', at, now()) / DAY_MS)
  const [kept] = store.expectations(row.ref, errorCode, day, day + 1)
  return baselineOn(lawBook(house), row, { errorCode, day, kept, choice })
}

function baselineOf(store: StoreReader, row: SeriesRow, errorCode: string | null): StoredBaseline {
  const stored = store.baseline(row.ref, errorCode)
  if (stored !== undefined) return stored
  const what = errorCode === null ? 'it' : `its error code '${errorCode}'`
  throw new Fault(
    'NOT_ENOUGH_BASELINE',
    `nothing is known yet of what is normal for ${row.eventSource} ${row.eventName}: ${what} was never scored, offtrail run scores`,
  )
}
