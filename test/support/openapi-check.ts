import '@fastify/swagger'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { HttpApp } from '../../src/http/http-types.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>
  readonly components: object
}

/** An answer as it came over HTTP. */
export interface Answered {
  readonly url: string
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** What the OpenAPI document promises and an answer does not keep; empty: it conforms. */
export function breaches(app: HttpApp, answered: Answered): readonly string[] {
  const document = app.swagger() as unknown as OpenApi
  const path = answered.url.split('?', 1)[0] ?? ''
  const operation = Object.entries(document.paths).find(([pattern]) =>
    patternOf(pattern).test(path),
  )
  if (operation === undefined) return answered.status === 404 ? [] : [`${path} is not documented`]
  const { responses } = operation[1].get
  const response = responses[answered.status] ?? responses[`${Math.floor(answered.status / 100)}XX`]
  const type = answered.contentType.split(';', 1)[0] ?? ''
  const schema = response?.content?.[type]?.schema
  if (schema === undefined)
    return [`${path}: status ${answered.status} as ${type} is not documented`]
  if (!/^application\/(problem\+)?json$/.test(type)) return []
  return errorsIn(schema, document.components, JSON.parse(answered.text))
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)
}

function errorsIn(schema: object, components: object, body: unknown): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  const check = ajv.compile({ ...schema, components })
  check(body)
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
