import swagger from '@fastify/swagger'
import type { RouteOptions } from 'fastify'
import { Type } from 'typebox'
import type { HttpApp } from './http-types.ts'
import { BaselineItem, BaselineReply, Slot } from './reply/baseline-schemas.ts'
import { PROBLEM_TYPE } from './reply/fault-reply.ts'
import {
  AggregateReply,
  Attribution,
  ExplanationReply,
  Incident,
  InsightItem,
  InsightReply,
  Point,
  Problem,
  Rate,
  SeriesReply,
} from './reply/schemas.ts'
import { refTo } from './reply/shapes.ts'

const SHARED = [
  AggregateReply,
  Attribution,
  BaselineItem,
  BaselineReply,
  ExplanationReply,
  Incident,
  InsightItem,
  InsightReply,
  Point,
  Problem,
  Rate,
  SeriesReply,
  Slot,
]

const NoQuery = Type.Object({}, { additionalProperties: false })

/** Collects every route's schemas into an OpenAPI 3.1 document, answered at `/v1/openapi.json`. Comes before the routes. */
export async function addDocument(app: HttpApp): Promise<void> {
  for (const schema of SHARED) app.addSchema(schema)
  app.addHook('onRoute', completeSchema)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Offtrail',
        version: '1',
        description:
          'What is abnormal in CloudTrail, what is normal, and why. Read only; times are RFC 3339 in UTC; errors are RFC 9457 problem details.',
      },
      tags: [],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json['$id'] ?? `Part${index}`),
    },
  })
  app.get(
    '/v1/openapi.json',
    {
      config: { access: 'public' },
      schema: { summary: 'This document.', response: { 200: Type.Unknown() } },
    },
    async () => app.swagger(),
  )
}

/** Routes without parameters refuse any, and each may answer with a problem. */
function completeSchema(route: RouteOptions): void {
  const problem = (description: string) => ({
    description,
    content: { [PROBLEM_TYPE]: { schema: refTo(Problem) } },
  })
  const response = (route.schema?.response ?? {}) as object
  route.schema = {
    querystring: NoQuery,
    ...route.schema,
    response: {
      ...response,
      '4xx': problem('The request is at fault.'),
      '5xx': problem('The server is at fault.'),
    },
  }
}
