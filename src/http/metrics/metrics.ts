import type { FastifyRequest } from 'fastify'
import { Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import type { InboxDoor } from '../../sink/inbox.ts'
import type { House, HttpApp } from '../http-types.ts'
import { addInboxMetrics } from './inbox-metrics.ts'
import { addScheduleMetrics, type RunCounts } from './schedule-metrics.ts'
import { addStoreMetrics } from './store-metrics.ts'

/** `/metrics` in Prometheus' text form: what the store holds, and how long answers take. Comes before the routes it times. */
export function addMetrics(
  app: HttpApp,
  {
    store,
    runCounts,
    inbox,
  }: House & { readonly runCounts?: () => RunCounts; readonly inbox?: InboxDoor },
): void {
  const registry = new Registry()
  addStoreMetrics(registry, store)
  if (runCounts !== undefined) addScheduleMetrics(registry, runCounts)
  if (inbox !== undefined) addInboxMetrics(registry, inbox)
  timeAnswers(app, registry)
  app.get(
    '/metrics',
    {
      config: { access: 'whole' },
      schema: {
        summary: 'Counters and gauges for Prometheus.',
        response: {
          200: {
            description: 'Text exposition format.',
            content: { 'text/plain': { schema: Type.String() } },
          },
        },
      },
    },
    async (_request, reply) =>
      reply
        .type(registry.contentType)
        .serializer((text: string) => text)
        .send(await registry.metrics()),
  )
}

function timeAnswers(app: HttpApp, registry: Registry): void {
  const duration = new Histogram({
    name: 'offtrail_http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const labels = { ...labelsOf(request), status: String(reply.statusCode) }
    duration.observe(labels, reply.elapsedTime / 1000)
  })
}

/** Labels from a closed set only: callers choose paths and methods. */
function labelsOf({ method, routeOptions }: FastifyRequest) {
  return {
    method: method === 'GET' || method === 'HEAD' ? method : 'other',
    route: routeOptions.url ?? 'none',
  }
}
