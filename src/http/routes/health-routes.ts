import { Type } from 'typebox'
import type { House, HttpApp } from '../http-types.ts'
import { type RunCounts, whyStale } from '../metrics/schedule-metrics.ts'
import { sendProblem } from '../reply/fault-reply.ts'
import { oneOf } from '../reply/shapes.ts'

const closed = { additionalProperties: false }

/** `/livez`: the process answers. `/readyz`: so does the store, and the runs of a schedule keep it up to date. */
export function addHealthRoutes(
  app: HttpApp,
  { store, runCounts }: House & { readonly runCounts?: () => RunCounts },
): void {
  app.get(
    '/livez',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The server answers.',
        response: { 200: Type.Object({ status: oneOf(['live']) }, closed) },
      },
    },
    async () => ({ status: 'live' as const }),
  )
  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        summary:
          'The store answers as well, and the runs of a schedule succeed, where there is one.',
        response: { 200: Type.Object({ status: oneOf(['ready']) }, closed) },
      },
    },
    async (request, reply) => {
      store.runs(1)
      const why = runCounts === undefined ? null : whyStale(runCounts())
      if (why !== null) return sendProblem(request, reply, { code: 'NOT_READY', detail: why })
      return { status: 'ready' as const }
    },
  )
}
