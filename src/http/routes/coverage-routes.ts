import { Type } from 'typebox'
import { rfc3339 } from '../../base/times.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { PAGE_LIMITS } from '../limits.ts'
import { defaulted } from '../query/defaulted.ts'
import { Counters, Time, TimeOrNull } from '../reply/shapes.ts'

const closed = { additionalProperties: false }
const MINUTE_MS = 60_000

const RunsQuery = Type.Object(
  {
    limit: defaulted(
      Type.Integer({
        minimum: 1,
        maximum: PAGE_LIMITS.rows,
        default: 20,
        description: 'The newest so many runs.',
      }),
    ),
  },
  closed,
)

const Run = Type.Object(
  {
    id: Type.Integer(),
    startTime: Time,
    finishTime: TimeOrNull,
    report: Type.Unknown({ description: 'As printed by `run --json`; null while it runs.' }),
  },
  closed,
)

const Coverage = Type.Object(
  {
    regions: Type.Array(
      Type.Object(
        {
          account: Type.String(),
          region: Type.String(),
          knownUntil: Time,
          scoredUntil: TimeOrNull,
        },
        closed,
      ),
      { description: 'Watermarks: until when calls are known, and until when they were scored.' },
    ),
    accounts: Type.Array(
      Type.Object(
        {
          account: Type.String(),
          firstTime: Time,
          changedFrom: Type.Unsafe<string | null>({
            ...TimeOrNull,
            description: 'Earliest minute whose counts changed since the last scoring.',
          }),
        },
        closed,
      ),
    ),
    records: Type.Unsafe<Readonly<Record<string, number>>>({
      ...Counters,
      description: 'read = counted + duplicate + late + rejected + insights.',
    }),
    files: Counters,
    rejections: Type.Unsafe<Readonly<Record<string, number>>>({
      ...Counters,
      description: 'Rejected records by code.',
    }),
  },
  closed,
)

/** `/v1/runs` and `/v1/coverage`: what was read when, how far it reaches, what was left out. */
export function addCoverageRoutes(app: HttpApp): void {
  app.get(
    '/v1/runs',
    {
      config: { access: 'whole' },
      schema: {
        summary: 'The newest runs with their reports.',
        querystring: RunsQuery,
        response: { 200: Type.Object({ items: Type.Array(Run) }, closed) },
      },
    },
    async ({ query, reader }) => ({
      items: reader.runs(query.limit).map(({ id, startedMs, finishedMs, report }) => ({
        id,
        startTime: rfc3339(startedMs),
        finishTime: finishedMs === null ? null : rfc3339(finishedMs),
        report,
      })),
    }),
  )
  app.get(
    '/v1/coverage',
    {
      config: { access: 'whole' },
      schema: {
        summary:
          'How far each account and Region reaches, and what became of every record and file.',
        response: { 200: Coverage },
      },
    },
    async ({ reader }) => reader.snapshot(() => coverageOf(reader)),
  )
}

function coverageOf(store: StoreReader) {
  const { objects, rejectedByCode, ...records } = store.totals()
  const accounts = store.accounts()
  return {
    regions: accounts.flatMap(({ account, regions }) =>
      regions.map(({ region, watermarkMs, scoredMs }) => ({
        account,
        region,
        knownUntil: rfc3339(watermarkMs),
        scoredUntil: scoredMs === null ? null : rfc3339(scoredMs),
      })),
    ),
    accounts: accounts.map(({ account, firstMinute, dirtyMinute }) => ({
      account,
      firstTime: rfc3339(firstMinute * MINUTE_MS),
      changedFrom: dirtyMinute === null ? null : rfc3339(dirtyMinute * MINUTE_MS),
    })),
    records,
    files: objects,
    rejections: Object.fromEntries(rejectedByCode),
  }
}
