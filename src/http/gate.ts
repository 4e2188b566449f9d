import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpApp } from './http-types.ts'
import { URL_LIMITS } from './limits.ts'
import { hostName, isLoopback } from './loopback.ts'
import { sendProblem } from './reply/fault-reply.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** A route, as the gate knows it. */
interface Place {
  readonly pattern: RegExp
  readonly method: string
}

/** What every request passes before its route: headers on its answer, then host, length and method. Comes before any route. */
export function addGate(
  app: HttpApp,
  hostNames: readonly string[],
  // No page elsewhere knows a token, whatever name it gives our address.
  { anyHost }: { readonly anyHost: boolean },
): void {
  const places: Place[] = []
  app.addHook('onRoute', ({ url, method, config }) => {
    // AWS's clients are told from others by what they name.
    if (config?.access === 'signed') return
    const pattern = new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`)
    places.push({ pattern, method: String(method) })
  })
  const known = new Set(['localhost', ...hostNames.map((name) => name.toLowerCase())])
  app.addHook('onRequest', async (request, reply) => {
    secure(request, reply)
    if (!anyHost && !addressesUs(request.headers.host, known)) return misdirected(request, reply)
    if (tooLong(request.url)) return urlTooLong(request, reply)
    if (request.method === 'GET' || request.method === 'HEAD' || isOfAws(request)) return undefined
    const allowed = methodsAt(places, pathOf(request))
    return allowed.includes(request.method) ? undefined : refuseMethod(allowed, request, reply)
  })
  app.setNotFoundHandler((request, reply) => nothingHere(request, reply))
}

/** Sets the headers of every answer. Answers to URLs that the router cannot read pass no gate, and need it said. */
export function secure({ id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers({ ...SECURITY_HEADERS, 'x-request-id': id })
}

/** A page elsewhere can give its own name our address, and would then read as if it were ours. */
function addressesUs(host: string | undefined, known: ReadonlySet<string>): boolean {
  if (host === undefined) return true
  const name = hostName(host)
  return name !== null && (known.has(name) || isLoopback(name))
}

function tooLong(url: string): boolean {
  if (url.length > URL_LIMITS.characters) return true
  return url.split('&', URL_LIMITS.parameters + 1).length > URL_LIMITS.parameters
}

function misdirected(request: FastifyRequest, reply: FastifyReply) {
  const detail = `the Host header says '${request.headers.host}': address the server as localhost or 127.0.0.1`
  return sendProblem(request, reply, { code: 'MISDIRECTED', detail })
}

function urlTooLong(request: FastifyRequest, reply: FastifyReply) {
  const { characters, parameters } = URL_LIMITS
  const detail = `a URL has at most ${characters} characters and ${parameters} parameters: ask in several requests`
  return sendProblem(request, reply, { code: 'URL_TOO_LONG', detail })
}

/** AWS's clients post, and name what they want in a header. */
function isOfAws({ method, headers }: FastifyRequest): boolean {
  return method === 'POST' && headers['x-amz-target'] !== undefined
}

/** Methods that are answered at a path, each once; none where there is no route. */
function methodsAt(places: readonly Place[], path: string): readonly string[] {
  const here = places.filter(({ pattern }) => pattern.test(path))
  return [...new Set(here.map(({ method }) => method))]
}

/** A path without a route stays unknown. */
function refuseMethod(allowed: readonly string[], request: FastifyRequest, reply: FastifyReply) {
  if (allowed.length === 0) return nothingHere(request, reply)
  reply.header('allow', allowed.join(', '))
  const detail = `${request.method} is not answered here: ask with ${allowed.join(' or ')}`
  return sendProblem(request, reply, { code: 'METHOD_NOT_ALLOWED', detail })
}

function nothingHere(request: FastifyRequest, reply: FastifyReply) {
  const detail = `there is no ${pathOf(request)}: / and /v1/openapi.json list what there is`
  return sendProblem(request, reply, { code: 'NOT_FOUND', detail })
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? ''
}
