import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { rfc3339 } from '../../base/times.ts'
import type { Insight } from '../../insight/insight.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { defaulted } from '../query/defaulted.ts'
import { TextOrNull, Time } from '../reply/shapes.ts'
import { IdParams, insightById } from './insight-routes.ts'

const MOST_CALLS = 500
const MOST_FILES = 50

const EvidenceQuery = Type.Object(
  {
    limit: defaulted(
      Type.Integer({
        minimum: 1,
        maximum: MOST_CALLS,
        default: 50,
        description: 'Calls at most: the first ones of the window that fired.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The calls behind an insight as answered. */
export const Evidence = Type.Object(
  {
    calls: Type.Array(
      Type.Object({
        eventId: Type.String({ description: '`eventID` of the CloudTrail event.' }),
        eventTime: Time,
        errorCode: TextOrNull,
        principal: TextOrNull,
        userAgent: TextOrNull,
      }),
    ),
    files: Type.Array(Type.String(), {
      description: 'Files read that hold events of that time; the calls are in these.',
    }),
  },
  { additionalProperties: false },
)

/** `/v1/insights/{id}/evidence`: the calls behind an insight one by one, and where they were read. */
export function addEvidenceRoute(app: HttpApp): void {
  app.get(
    '/v1/insights/:id/evidence',
    {
      config: { access: 'account' },
      schema: {
        summary: 'A sample of the calls behind it: event ids, callers, and the files they were in.',
        params: IdParams,
        querystring: EvidenceQuery,
        response: { 200: Evidence },
      },
    },
    async ({ params, query, reader }) => {
      const { insight } = insightById(reader, params.id)
      const { fromMs, untilMs } = insight.trigger
      const series = seriesOf(reader, insight)
      const code = insight.errorCode === null ? {} : { errorCode: insight.errorCode }
      const calls = reader.calls({ series, fromMs, untilMs, ...code, limit: query.limit })
      return {
        calls: calls.map(({ eventId, second, errorCode, identity, agent }) => ({
          ...{ eventId, eventTime: rfc3339(second * 1000), errorCode },
          ...{ principal: identity, userAgent: agent },
        })),
        files: reader
          .filesWith({ account: insight.account, fromMs, untilMs, limit: MOST_FILES })
          .map(publicKey),
      }
    },
  )
}

/** Nobody outside needs to know where on this machine files lie: from CloudTrail's own folder on, or the name alone. */
function publicKey(key: string): string {
  return /(?<=^|\/)AWSLogs\/.*$/.exec(key)?.[0] ?? key.replace(/^.*\//, '')
}

function seriesOf(reader: StoreReader, insight: Insight): SeriesRow['ref'] {
  const { account, region, category, eventSource, eventName } = insight
  const named = { account: [account], region: [region], category: [category] }
  const filter = { ...named, eventSource: [eventSource], eventName: [eventName] }
  const [series] = reader.series(filter, { limit: 1, after: null }).rows
  if (series === undefined) {
    throw new Fault(
      'NOT_FOUND',
      'this insight sums over many APIs: its attributions name them, and /v1/insights lists theirs',
    )
  }
  return series.ref
}
