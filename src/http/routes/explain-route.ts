import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { House, HttpApp } from '../http-types.ts'
import { CATEGORIES, moment, momentFrom, sourceNames } from '../query/filters.ts'
import { ExplanationReply } from '../reply/schemas.ts'
import { refTo } from '../reply/shapes.ts'
import { seriesById } from './series-routes.ts'

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 512, description }))

const ExplainQuery = Type.Object(
  {
    series: text('Id of the series; or name it by the next five.'),
    account: text('Account id; may be left out where only one matches.'),
    region: text('AWS Region; likewise.'),
    category: Type.Optional(
      Type.Unsafe<string>(Type.Enum(CATEGORIES, { description: 'Event category; likewise.' })),
    ),
    eventSource: text('Service: ec2.amazonaws.com, or ec2 for short.'),
    eventName: text('API: RunInstances.'),
    at: moment('The moment to explain.'),
    errorCode: text('An error code; left out: all calls.'),
  },
  { additionalProperties: false },
)

/** `/v1/explain`: why, or why not, a series was reported at a moment. */
export function addExplainRoute(app: HttpApp, { now, why }: House): void {
  app.get(
    '/v1/explain',
    {
      config: { access: 'account' },
      schema: {
        summary: 'Why, or why not, a series was reported at a moment.',
        querystring: ExplainQuery,
        response: { 200: refTo(ExplanationReply) },
      },
    },
    async ({ query: { at, errorCode, ...named }, reader }) => {
      const atMs = momentFrom('at', at, now())
      return why(seriesNamed(reader, named).id, atMs, errorCode ?? null)
    },
  )
}

interface SeriesName {
  readonly series?: string
  readonly account?: string
  readonly region?: string
  readonly category?: string
  readonly eventSource?: string
  readonly eventName?: string
}

function seriesNamed(store: StoreReader, { series, eventSource, ...key }: SeriesName): SeriesRow {
  if (series !== undefined) return seriesById(store, series)
  if (eventSource === undefined || key.eventName === undefined) {
    throw new Fault('USAGE', 'name a series by its id (series=), or by eventSource and eventName')
  }
  const given = Object.entries(key).map(([name, value]) => [name, [value]] as const)
  const filter = { ...Object.fromEntries(given), eventSource: sourceNames(eventSource) }
  const [first, ...others] = store.series(filter, { limit: 10, after: null }).rows
  if (first === undefined) {
    throw new Fault('NOT_FOUND', 'no such series was ever seen: /v1/series lists them')
  }
  if (others.length === 0) return first
  const choices = [first, ...others].map(
    ({ id, account, region, category }) => `series=${id} (${account} ${region} ${category})`,
  )
  throw new Fault('USAGE', `several series match, choose one: ${choices.join(', ')}`)
}
