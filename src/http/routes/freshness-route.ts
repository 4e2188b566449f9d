import { Type } from 'typebox'
import { rfc3339 } from '../../base/times.ts'
import type { HttpApp } from '../http-types.ts'
import { TimeOrNull } from '../reply/shapes.ts'

/** How far a caller's accounts reach, as it is answered. */
export const FreshnessReply = Type.Object(
  {
    knownUntil: Type.Unsafe<string | null>({
      ...TimeOrNull,
      description: 'Until when calls are known, by the account and Region that reach farthest.',
    }),
    scoredUntil: Type.Unsafe<string | null>({
      ...TimeOrNull,
      description: 'Until when they were scored.',
    }),
    lastChange: Type.Integer({
      description: 'Number of the newest change of an insight, as `/v1/stream` counts them.',
    }),
  },
  { additionalProperties: false },
)

/** `/v1/freshness`: for whoever asks every few seconds whether there is news. */
export function addFreshnessRoute(app: HttpApp): void {
  app.get(
    '/v1/freshness',
    {
      config: { access: 'account' },
      schema: {
        summary:
          'How far the accounts that may be read reach: small, and the same to the byte (`ETag`) until there is news.',
        response: { 200: FreshnessReply },
      },
    },
    async ({ reader }) =>
      reader.snapshot(() => {
        const regions = reader.accounts().flatMap((account) => account.regions)
        return {
          knownUntil: latest(regions.map(({ watermarkMs }) => watermarkMs)),
          scoredUntil: latest(regions.flatMap(({ scoredMs }) => scoredMs ?? [])),
          lastChange: reader.lastChange(),
        }
      }),
  )
}

function latest(moments: readonly number[]): string | null {
  return moments.length === 0 ? null : rfc3339(Math.max(...moments))
}
