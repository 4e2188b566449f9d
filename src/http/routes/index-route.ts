import { Type } from 'typebox'
import type { HttpApp } from '../http-types.ts'
import type { PageFiles } from '../page.ts'
import { acceptedOf } from '../query/accepted.ts'

const EXAMPLES = `
Ask with curl:
  what is abnormal now        /v1/insights?state=open&sort=-severity
  what was in the last week   /v1/incidents?from=7d
  what is normal for an API   /v1/baselines?eventSource=ec2&eventName=RunInstances&weekday=Monday&hour=10
  why was this flagged        /v1/insights/ID
  why was that not            /v1/explain?eventSource=ec2&eventName=RunInstances&at=2026-10-21T02:35:00Z
`

const FORMS = ['text/plain', 'text/html'] as const
const text = { schema: Type.String() }

/** `/`: every route in plain text; the page for browsers, where there is one. Comes after the other routes. */
export function addIndexRoute(app: HttpApp, page: PageFiles | null): void {
  let list = ''
  app.get(
    '/',
    {
      config: { access: 'public' },
      schema: {
        summary: 'This list; for browsers the page.',
        response: {
          200: {
            description: 'Plain text, or a page (Accept).',
            content: { 'text/plain': text, ...(page !== null && { 'text/html': text }) },
          },
        },
      },
    },
    async ({ headers }, reply) => {
      const form = page === null ? 'text/plain' : acceptedOf(headers.accept, FORMS)
      return reply
        .type(`${form}; charset=utf-8`)
        .header('vary', 'accept')
        .serializer((whole: string) => whole)
        .send(form === 'text/html' ? (page?.html ?? '') : list)
    },
  )
  app.addHook('onReady', async () => {
    list = `Offtrail: what left its normal range in CloudTrail, and why.\n\n${routesOf(app)}\n${EXAMPLES}`
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
