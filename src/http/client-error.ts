import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PROBLEM_TYPE } from './reply/fault-reply.ts'
import { type ProblemCode, problemKind } from './reply/problem-kinds.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

const BY_ERROR: ReadonlyMap<string, readonly [ProblemCode, string]> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', ['TOO_SLOW', 'the request did not arrive in time']],
  ['HPE_HEADER_OVERFLOW', ['HEADERS_TOO_LARGE', 'the headers have more than 16 KiB']],
])
const NO_HTTP = ['USAGE', 'this is no HTTP/1.1'] as const

/** Answers bytes that are no request, or never became one, and hangs up: no route, hook or reply exists for them. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [code, detail] = BY_ERROR.get(error.code ?? '') ?? NO_HTTP
  if (socket.writable) socket.write(answerOf(code, detail))
  socket.destroy()
}

function answerOf(code: ProblemCode, detail: string): string {
  const { title, status } = problemKind(code)
  const requestId = randomUUID()
  const problem = { type: `/problems/${code}`, title, status, detail, instance: '/', requestId }
  const body = JSON.stringify(problem)
  const headers = {
    ...SECURITY_HEADERS,
    'x-request-id': requestId,
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}
