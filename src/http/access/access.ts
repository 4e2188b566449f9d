import type { ApiToken, TokenScope } from '../../base/api-token.ts'

/**
 * Who a route answers: anybody (`public`); whoever may read, about their accounts (`account`); whoever may read all
 * accounts, since it speaks of them together (`whole`); whoever signed the request (`signed`), which the route sees to; whoever brings
 * a token that may write (`write`) or switch detection (`admin`), about their accounts; whoever brings one that may write about
 * all accounts (`push`), since nobody looks into what is pushed before it is counted.
 */
export type Access = 'public' | 'account' | 'whole' | 'signed' | 'write' | 'admin' | 'push'

/** Who asks. */
export interface Caller {
  /** Public half of the token that was brought. */
  readonly id: string
  readonly name: string
  readonly accounts: ApiToken['accounts']
}

/** The scope that a token needs for a route. */
export function scopeFor(access: Access): TokenScope {
  if (access === 'push') return 'write'
  return access === 'write' || access === 'admin' ? access : 'read'
}

/** The tokens there are now; null: none are asked for, and only loopback addresses are listened on. */
export type Tokens = (() => readonly ApiToken[]) | null

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says it. */
    readonly access?: Access
  }
}
