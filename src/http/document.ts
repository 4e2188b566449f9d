import swagger from '@fastify/swagger'
import type { RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { scopeFor } from './access/access.ts'
import type { HttpApp } from './http-types.ts'
import { BaselineItem, BaselineReply, Slot } from './reply/baseline-schemas.ts'
import { PROBLEM_TYPE } from './reply/fault-reply.ts'
import {
  AggregateReply,
  Attribution,
  ExplanationReply,
  Incident,
  InsightItem,
  InsightItemPart,
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
  InsightItemPart,
  InsightReply,
  Point,
  Problem,
  Rate,
  SeriesReply,
  Slot,
]

const NoQuery = Type.Object({}, { additionalProperties: false })

/**
 * Collects every route's schemas into an OpenAPI 3.1 document, answered at `/v1/openapi.json`; it says whether tokens are
 * asked for. Comes before the routes.
 */
export async function addDocument(
  app: HttpApp,
  { asksTokens }: { readonly asksTokens: boolean },
): Promise<void> {
  for (const schema of SHARED) app.addSchema(schema)
  app.addHook('onRoute', (route) => completeSchema(route, asksTokens))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Offtrail',
        version: '1',
        license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
        description:
          'What is abnormal in CloudTrail, what is normal, and why. Written is what people say (verdicts, labels, selectors), with a token that may; events that are pushed wait for the next run; times are RFC 3339 in UTC; errors are RFC 9457 problem details.',
      },
      servers: [{ url: '/', description: 'This server.' }],
      tags: [],
      ...(asksTokens && { components: { securitySchemes: { token: TOKEN_SCHEME } } }),
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

const TOKEN_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  description:
    '`offtrail token create` makes tokens; `--write` and `--admin` those that may do more than read.',
} as const

/** Routes without parameters refuse any, and each may answer with a problem. */
function completeSchema(route: RouteOptions, asksTokens: boolean): void {
  const problem = (description: string) => ({
    description,
    content: { [PROBLEM_TYPE]: { schema: refTo(Problem) } },
  })
  const response = (route.schema?.response ?? {}) as object
  const isOpen = !asksTokens || route.config?.access === 'public'
  route.schema = {
    operationId: operationIdOf(route),
    security: isOpen ? [] : [{ token: [scopeFor(route.config?.access ?? 'account')] }],
    querystring: NoQuery,
    ...route.schema,
    response: {
      ...response,
      '4xx': problem('The request is at fault.'),
      '5xx': problem('The server is at fault.'),
    },
  }
}

/** `GET /v1/insights/:id/records` is `getInsightsIdRecords`. */
function operationIdOf({ url, method }: RouteOptions): string {
  const words = url.replace(/^\/v1/, '').split(/[^A-Za-z]+/)
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return `${String(method).toLowerCase()}${name === '' ? 'Index' : name}`
}
