import type { FastifyReply, FastifyRequest } from 'fastify'
import { invariant } from '../../base/invariant.ts'
import type { InboxDoor } from '../../sink/inbox.ts'
import { scopedEditor } from '../../store/scoped-editor.ts'
import { scopedReader } from '../../store/scoped-reader.ts'
import type { StoreEditor, StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { sendProblem } from '../reply/fault-reply.ts'
import { type Caller, scopeFor, type Tokens } from './access.ts'
import { type Audit, auditedEditor, auditedInbox } from './audit.ts'
import { type Judgement, judgeCaller, type Refusal } from './caller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The store as far as the caller may read it. */
    reader: StoreReader
    /** The same for writing; there on routes that write, and nowhere else. */
    editor: StoreEditor
    /** Takes what is pushed; there on routes that do, and nowhere else. */
    inbox: InboxDoor
    /** Who asks; null where no token is asked for. */
    caller: Caller | null
    /** Whose data the reader knows; alike where two readers know the same. */
    scope: string
  }
}

/** What is read and written, and who may. */
interface Guarded {
  readonly store: StoreReader
  readonly editor: StoreEditor | null
  readonly inbox: InboxDoor | null
  readonly tokens: Tokens
  readonly now: () => number
  /** Takes down what is written, and what is refused to those who are known. */
  readonly audit: Audit
}

/**
 * Sees to it that every route says whom it answers, and that no other is answered: each request gets a reader of what its
 * caller may read, and where it writes an editor of the same. Comes before any route.
 */
export function addAccess(app: HttpApp, house: Guarded): void {
  app.addHook('onRoute', ({ url, config }) => {
    invariant(config?.access !== undefined, `the route ${url} does not say whom it answers`)
  })
  app.decorateRequest('reader', null as unknown as StoreReader)
  app.decorateRequest('editor', null as unknown as StoreEditor)
  app.decorateRequest('inbox', null as unknown as InboxDoor)
  app.decorateRequest('caller', null)
  app.decorateRequest('scope', 'all')
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config
    // Nothing is at a path without a route.
    if (access === undefined || access === 'public' || access === 'signed') return undefined
    const { caller, refusal } = judge(request, access, house)
    request.caller = caller
    const writes = scopeFor(access) !== 'read'
    if (refusal !== null) {
      const { code: result } = refusal
      if (writes && caller !== null) house.audit({ ...asked(request), target: null, result })
      return refuse(request, reply, refusal)
    }
    const pushes = access === 'push'
    const doors = {
      editor: writes && !pushes ? house.editor : null,
      inbox: pushes ? house.inbox : null,
    }
    admit(request, caller?.accounts ?? 'all', { ...house, ...doors })
    return undefined
  })
}

function judge(
  { headers }: FastifyRequest,
  access: Parameters<typeof judgeCaller>[1],
  { tokens, editor, inbox, now }: Guarded,
): Judgement {
  const writes = scopeFor(access) !== 'read'
  if (tokens === null) return { caller: null, refusal: writes ? NO_TOKENS : null }
  const judged = judgeCaller(headers.authorization, access, { tokens, nowMs: now() })
  const door = access === 'push' ? inbox : editor
  return judged.refusal === null && writes && door === null
    ? { ...judged, refusal: READS_ONLY }
    : judged
}

function admit(
  request: FastifyRequest,
  accounts: Caller['accounts'],
  { store, editor, inbox, audit }: Omit<Guarded, 'tokens' | 'now'>,
): void {
  const isAll = accounts === 'all'
  request.scope = isAll ? 'all' : JSON.stringify(accounts)
  request.reader = isAll ? store : scopedReader(store, accounts)
  if (inbox !== null) request.inbox = auditedInbox(inbox, asked(request), audit)
  if (editor !== null) {
    const own = isAll ? editor : scopedEditor(editor, request.reader, accounts)
    request.editor = auditedEditor(own, asked(request), audit)
  }
}

/** Who asks for what, for the audit. */
function asked({ caller, method, routeOptions, id: requestId }: FastifyRequest) {
  return { who: caller?.id ?? null, what: `${method} ${routeOptions.url}`, requestId }
}

/** Nobody knows who writes where no token is asked for. */
const NO_TOKENS = {
  code: 'FORBIDDEN',
  why: 'nothing is written without tokens: start the server with --tokens, or use the command line',
} as const
const READS_ONLY = { code: 'STORAGE_FAILED', why: 'this server only reads' } as const

function refuse(request: FastifyRequest, reply: FastifyReply, { code, why }: Refusal) {
  if (code === 'UNAUTHORIZED') reply.header('www-authenticate', 'Bearer realm="offtrail"')
  return sendProblem(request, reply, { code, detail: why })
}
