import type { Answer } from './client.ts'

const PROBLEM = 'application/problem+json'
const WIRE = 'application/x-amz-json-1.1'
/** Stack traces, and files of ours or of the engine. */
const INSIDE = /\n\s+at |node_modules|node:internal|\b[\w-]+\.[cm]?[jt]s:\d|\/dist\/src\//

/** What to expect of an answer. */
interface Expected {
  readonly folder: string
  /** Whether AWS's protocol was spoken. */
  readonly wire?: boolean
  /** Whether it has a body. */
  readonly head?: boolean
}

/** All that is wrong with an answer, whatever was asked; empty: nothing. */
export function faultsOf(answer: Answer, expected: Expected): readonly string[] {
  const { status, headers, text } = answer
  const { folder, head = false } = expected
  const checks: readonly (readonly [boolean, string])[] = [
    [status >= 200 && status < 500, `status ${status}`],
    [!INSIDE.test(text) && !text.includes(folder), 'shows its inside'],
    [headers['x-content-type-options'] === 'nosniff', 'no security headers'],
    [/^[\w.-]{1,64}$/.test(String(headers['x-request-id'])), 'no request id'],
    head ? [text === '', 'HEAD with a body'] : [isSound(answer, expected), 'not what it says'],
  ]
  return checks.filter(([isRight]) => !isRight).map(([, fault]) => fault)
}

/** JSON is JSON, and whatever is refused says why in the words of its protocol. */
function isSound({ status, headers, text }: Answer, { wire = false }: Expected): boolean {
  const type = String(headers['content-type'] ?? '')
  if (status === 304) return text === '' && headers['etag'] !== undefined
  if (status < 400) return !/^application\/(x-amz-)?json/.test(type) || parsed(text) !== undefined
  if (wire && type.startsWith(WIRE)) return isWireError(text)
  return type.startsWith(PROBLEM) && isProblem(text, status)
}

function isProblem(text: string, status: number): boolean {
  const problem = parsed(text)
  return (
    problem !== undefined &&
    /^\/problems\/[A-Z_]+$/.test(String(problem['type'])) &&
    ['title', 'detail', 'instance', 'requestId'].every((name) => isText(problem[name])) &&
    problem['status'] === status
  )
}

function isWireError(text: string): boolean {
  const { __type: type, message } = parsed(text) ?? {}
  return isText(message) && /^[A-Za-z]+$/.test(String(type)) && type !== 'InternalFailure'
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
