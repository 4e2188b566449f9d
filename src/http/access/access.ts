import type { ApiToken } from '../../base/api-token.ts'

/**
 * Who a route answers: anybody (`public`); whoever may read, about their accounts (`account`); whoever may read all
 * accounts, since it speaks of them together (`whole`); whoever signed the request (`signed`), which the route sees to; whoever brings a token that may write, about their accounts (`write`).
 */
export type Access = 'public' | 'account' | 'whole' | 'signed' | 'write'

/** The tokens there are now; null: none are asked for, and only loopback addresses are listened on. */
export type Tokens = (() => readonly ApiToken[]) | null

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says it. */
    readonly access?: Access
  }
}
