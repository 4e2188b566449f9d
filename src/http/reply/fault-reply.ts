import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../../base/fault.ts'
import { type ProblemCode, problemKind } from './problem-kinds.ts'
import type { ProblemReply } from './schemas.ts'
import { wrongParameters } from './wrong-parameters.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** What went wrong, in words for the caller. */
interface Trouble {
  readonly code: ProblemCode
  readonly detail: string
  readonly errors?: NonNullable<ProblemReply['errors']>
}

/** Answers with problem details (RFC 9457). */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, trouble: Trouble) {
  const { status } = problemKind(trouble.code)
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problemOf(request, trouble))
}

/** Answers for whatever a handler, a schema or the server itself threw. A bug shows nothing of its inside, but is logged. */
export function faultReply(
  error: FastifyError | Fault,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const trouble = troubleOf(error, request)
  if (problemKind(trouble.code).status >= 500) request.log.error({ err: error }, trouble.code)
  return sendProblem(request, reply, trouble)
}

function problemOf({ id, url }: FastifyRequest, { code, detail, errors }: Trouble): ProblemReply {
  return {
    type: `/problems/${code}`,
    ...pick(problemKind(code)),
    detail,
    instance: url.split('?', 1)[0] ?? '/',
    requestId: id,
    ...(errors !== undefined && { errors }),
  }
}

function pick({ title, status }: { title: string; status: number }) {
  return { title, status }
}

function troubleOf(error: FastifyError | Fault, request: FastifyRequest): Trouble {
  if (error instanceof Fault) return { code: error.code, detail: error.message }
  if (error.validation !== undefined) {
    const schema = request.routeOptions.schema?.[error.validationContext as 'querystring']
    const errors = wrongParameters(error.validation, schema)
    const detail = errors.map(({ parameter, detail: words }) => `${parameter} ${words}`).join('; ')
    return { code: 'USAGE', detail, errors }
  }
  const code = codeForStatus(error.statusCode ?? 500)
  return code === 'INTERNAL'
    ? { code, detail: `unexpected; the log has it under request id ${request.id}` }
    : { code, detail: error.message }
}

const BY_STATUS: ReadonlyMap<number, ProblemCode> = new Map([
  [400, 'USAGE'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'REQUEST_TOO_LARGE'],
  [414, 'URL_TOO_LONG'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [429, 'TOO_MANY_REQUESTS'],
  [503, 'BUSY'],
])

function codeForStatus(status: number): ProblemCode {
  return BY_STATUS.get(status) ?? (status < 500 ? 'USAGE' : 'INTERNAL')
}
