import type { FastifyReply, FastifyRequest } from 'fastify'
import { invariant } from '../../base/invariant.ts'
import { scopedReader } from '../../store/scoped-reader.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { sendProblem } from '../reply/fault-reply.ts'
import type { Tokens } from './access.ts'
import { judgeCaller } from './caller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The store as far as the caller may read it. */
    reader: StoreReader
    /** The name of the token that was brought; empty where none is asked for. */
    caller: string
    /** Whose data the reader knows; alike where two readers know the same. */
    scope: string
  }
}

/**
 * Sees to it that every route says whom it answers, and that no other is answered: each request gets a reader of what its
 * caller may read. Comes before any route.
 */
export function addAccess(
  app: HttpApp,
  {
    store,
    tokens,
    now,
  }: { readonly store: StoreReader; readonly tokens: Tokens; readonly now: () => number },
): void {
  app.addHook('onRoute', ({ url, config }) => {
    invariant(config?.access !== undefined, `the route ${url} does not say whom it answers`)
  })
  app.decorateRequest('reader', null as unknown as StoreReader)
  app.decorateRequest('caller', '')
  app.decorateRequest('scope', 'all')
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config
    // Nothing is at a path without a route.
    if (access === undefined || access === 'public' || access === 'signed') return undefined
    if (tokens === null && access === 'write') return refuse(request, reply, NO_TOKENS)
    if (tokens === null) {
      request.reader = store
      return undefined
    }
    const judged = judgeCaller(request.headers.authorization, access, { tokens, nowMs: now() })
    if ('refused' in judged) return refuse(request, reply, judged)
    const { accounts, name } = judged
    request.caller = name
    request.scope = accounts === 'all' ? 'all' : JSON.stringify(accounts)
    request.reader = accounts === 'all' ? store : scopedReader(store, accounts)
    return undefined
  })
}

/** Nobody knows who writes where no token is asked for. */
const NO_TOKENS = {
  refused: 'FORBIDDEN',
  why: 'nothing is written without tokens: start the server with --tokens, or use the command line',
} as const

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { refused, why }: { readonly refused: 'UNAUTHORIZED' | 'FORBIDDEN'; readonly why: string },
) {
  if (refused === 'UNAUTHORIZED') reply.header('www-authenticate', 'Bearer realm="offtrail"')
  return sendProblem(request, reply, { code: refused, detail: why })
}
