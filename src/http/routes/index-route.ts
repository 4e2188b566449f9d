import { Type } from 'typebox'
import type { HttpApp } from '../http-types.ts'

const EXAMPLES = `
Ask with curl:
  what is abnormal now        /v1/insights?state=open&sort=-severity
  what was in the last week   /v1/incidents?from=7d
  what is normal for an API   /v1/baselines?eventSource=ec2&eventName=RunInstances&weekday=Monday&hour=10
  why was this flagged        /v1/insights/ID
  why was that not            /v1/explain?eventSource=ec2&eventName=RunInstances&at=2026-10-21T02:35:00Z
`

/** `/`: every route in plain text. Comes after the other routes. */
export function addIndexRoute(app: HttpApp): void {
  let page = ''
  app.get(
    '/',
    {
      config: { access: 'public' },
      schema: {
        summary: 'This list.',
        response: {
          200: { description: 'Plain text.', content: { 'text/plain': { schema: Type.String() } } },
        },
      },
    },
    async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .serializer((text: string) => text)
        .send(page),
  )
  app.addHook('onReady', async () => {
    page = `Offtrail: what left its normal range in CloudTrail, and why.\n\n${routesOf(app)}\n${EXAMPLES}`
  })
}

function routesOf(app: HttpApp): string {
  const paths = Object.entries(app.swagger().paths ?? {})
  const width = Math.max(...paths.map(([path]) => path.length)) + 2
  return paths
    .map(([path, item]) => `  ${path.padEnd(width)}${item?.get?.summary ?? ''}`.trimEnd())
    .sort()
    .join('\n')
}
