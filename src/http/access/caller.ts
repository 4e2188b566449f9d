import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiToken } from '../../base/api-token.ts'
import type { Access, Tokens } from './access.ts'

/** Who asks, or why they are not answered. */
export type Judgement =
  | { readonly accounts: ApiToken['accounts']; readonly name: string }
  | { readonly refused: 'UNAUTHORIZED' | 'FORBIDDEN'; readonly why: string }

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
    const why = 'send Authorization: Bearer TOKEN; offtrail token create makes tokens'
    return { refused: 'UNAUTHORIZED', why }
  }
  const token = tokens().find((each) => each.id === id)
  const due = token === undefined ? NOBODY : Buffer.from(token.sha256, 'hex')
  const isSame = timingSafeEqual(due, createHash('sha256').update(secret).digest())
  if (token === undefined || !isSame) {
    return { refused: 'UNAUTHORIZED', why: 'no such token: it is mistyped, or was revoked' }
  }
  if (token.expiresTime !== null && Date.parse(token.expiresTime) <= nowMs) {
    return { refused: 'UNAUTHORIZED', why: `the token ended at ${token.expiresTime}` }
  }
  if (access === 'whole' && token.accounts !== 'all') {
    return {
      refused: 'FORBIDDEN',
      why: 'this speaks of all accounts together, and the token may read some of them',
    }
  }
  if (access === 'write' && token.mayWrite !== true) {
    return {
      refused: 'FORBIDDEN',
      why: 'the token may only read: offtrail token create --write makes tokens that may write',
    }
  }
  return { accounts: token.accounts, name: token.name }
}
