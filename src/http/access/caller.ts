import { createHash, timingSafeEqual } from 'node:crypto'
import { type ApiToken, reaches } from '../../base/api-token.ts'
import type { ProblemCode } from '../reply/problem-kinds.ts'
import { type Access, type Caller, scopeFor, type Tokens } from './access.ts'

/** Who asks, as far as that is known, and why they are not answered, unless they are. */
export interface Judgement {
  readonly caller: Caller | null
  readonly refusal: Refusal | null
}

/** Why a request is not answered. */
export interface Refusal {
  readonly code: ProblemCode
  readonly why: string
}

const BEARER = /^Bearer ([\w-]{1,64})\.([\w-]{1,128})$/i
/** Compared with where there is no such token, so that both take as long. */
const NOBODY = Buffer.alloc(32)

/** Judges a request by its `Authorization` header. */
export function judgeCaller(
  authorization: string | undefined,
  access: Exclude<Access, 'public' | 'signed'>,
  { tokens, nowMs }: { readonly tokens: NonNullable<Tokens>; readonly nowMs: number },
): Judgement {
  const [, id, secret] = BEARER.exec(authorization ?? '') ?? []
  if (secret === undefined) {
    return unknown('send Authorization: Bearer TOKEN; offtrail token create makes tokens')
  }
  const token = tokens().find((each) => each.id === id)
  const due = token === undefined ? NOBODY : Buffer.from(token.sha256, 'hex')
  const isSame = timingSafeEqual(due, createHash('sha256').update(secret).digest())
  if (token === undefined || !isSame) {
    return unknown('no such token: it is mistyped, or was revoked')
  }
  if (token.expiresTime !== null && Date.parse(token.expiresTime) <= nowMs) {
    return unknown(`the token ended at ${token.expiresTime}`)
  }
  const { name, accounts } = token
  const why = whyForbidden(token, access)
  return {
    caller: { id: token.id, name, accounts },
    refusal: why === null ? null : { code: 'FORBIDDEN', why },
  }
}

function unknown(why: string): Judgement {
  return { caller: null, refusal: { code: 'UNAUTHORIZED', why } }
}

function whyForbidden({ accounts, scope }: ApiToken, access: Access): string | null {
  if (access === 'whole' && accounts !== 'all') {
    return 'this speaks of all accounts together, and the token may read some of them'
  }
  if (access === 'push' && accounts !== 'all') {
    return 'the token is limited to accounts, and whose events are pushed is not known before they are counted: make one without --account'
  }
  const needed = scopeFor(access)
  if (reaches(scope, needed)) return null
  return `the token may only ${scope}: offtrail token create --${needed} makes tokens that may do this`
}
