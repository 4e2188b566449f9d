import { Type } from 'typebox'
import { coverageReport } from '../../pipeline/coverage-report.ts'
import { HOUR_STATES } from '../../store/coverage.ts'
import type { House, HttpApp } from '../http-types.ts'
import { seriesFields, spanFields, spanFrom } from '../query/filters.ts'
import { oneOf, Time, TimeOrNull } from '../reply/shapes.ts'

const closed = { additionalProperties: false }

const StretchesQuery = Type.Object(
  { account: seriesFields.account, region: seriesFields.region, ...spanFields },
  closed,
)

/** Stretches as they are answered. */
export const Stretches = Type.Object(
  {
    stretches: Type.Array(
      Type.Object(
        {
          ...{ account: Type.String(), region: Type.String(), from: Time, to: Time },
          state: oneOf(
            HOUR_STATES,
            'proven: every log CloudTrail signed was read as it was signed; gap: logging or validation was off; missing: a digest or log is not there; damaged: something is not as it was signed.',
          ),
        },
        closed,
      ),
      { description: 'Whole hours of deliveries (UTC), ascending. What is left out nobody knows.' },
    ),
    regions: Type.Array(
      Type.Object(
        {
          ...{ account: Type.String(), region: Type.String() },
          provenShare: Type.Number({
            minimum: 0,
            maximum: 1,
            description:
              'Share that is proven of the hours from the first to the last one that is known.',
          }),
          provenUntil: Type.Unsafe<string | null>({
            ...TimeOrNull,
            description: 'End of the newest proven hour.',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** `/v1/coverage/stretches`: which hours of each account and Region CloudTrail's digests prove complete, and which they do not. */
export function addStretchRoutes(app: HttpApp, { now }: Pick<House, 'now'>): void {
  app.get(
    '/v1/coverage/stretches',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary: 'Hours that digests prove complete, and hours that are missing or damaged.',
        querystring: StretchesQuery,
        response: { 200: Stretches },
      },
    },
    async ({ query, reader }) => {
      const { account, region, ...span } = query
      const { fromMs, untilMs } = spanFrom(span, now())
      const filter = {
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        ...(fromMs === undefined ? {} : { fromMs }),
        ...(untilMs === undefined ? {} : { untilMs }),
      }
      const { stretches, regions } = coverageReport(reader, filter)
      return { stretches: [...stretches], regions: [...regions] }
    },
  )
}
