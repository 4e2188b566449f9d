import type { FastifyReply } from 'fastify'
import type { StoreReader } from '../../store/store.ts'
import type { HttpApp } from '../http-types.ts'
import { isRelative } from '../query/relative.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether answers are kept, to be given again while the store stands still. */
    readonly kept?: boolean
  }
  interface FastifyRequest {
    /** Under what to keep the answer, and the state it is of; null: not kept. */
    keeping: { readonly key: string; readonly version: string } | null
    /** The answer was kept: it needs nothing more done to it. */
    isKept: boolean
  }
}

interface Kept {
  readonly version: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

const MOST_CHARACTERS = 16_000_000
const MOST_OF_ONE = 2_000_000
const HEADERS = ['content-type', 'content-disposition', 'link', 'vary', 'etag'] as const

/**
 * Gives the answer to a question that was asked before, for as long as nothing was written to the store: dashboards ask the same
 * again and again, and a page of insights takes a hundred times as long to make as to send. Comes behind the access of
 * routes; `keep` comes behind whatever changes answers.
 */
export class KeptReplies {
  readonly #kept = new Map<string, Kept>()
  readonly #store: StoreReader
  #characters = 0

  constructor(store: StoreReader) {
    this.#store = store
  }

  /** Answers from what is kept, where it can. */
  answerFrom(app: HttpApp): void {
    app.decorateRequest('keeping', null)
    app.decorateRequest('isKept', false)
    app.addHook('onRequest', async (request, reply) => {
      const { method, url, routeOptions, headers, scope } = request
      if (
        method !== 'GET' ||
        routeOptions.config.kept !== true ||
        isRelative(request.query as object)
      )
        return undefined
      const key = JSON.stringify([url, headers.accept ?? '', scope])
      const version = this.#store.version()
      request.keeping = { key, version }
      const known = this.#kept.get(key)
      if (known === undefined || known.version !== version) return undefined
      request.isKept = true
      return send(reply, known)
    })
  }

  /** Keeps answers as they are sent. */
  keep(app: HttpApp): void {
    app.addHook('onSend', async ({ keeping, isKept }, reply, payload) => {
      if (keeping !== null && !isKept && reply.statusCode === 200 && typeof payload === 'string') {
        const named = HEADERS.flatMap((name) => {
          const value = reply.getHeader(name)
          return value === undefined ? [] : [[name, String(value)] as const]
        })
        const { key, version } = keeping
        this.#put(key, { version, headers: Object.fromEntries(named), payload })
      }
      return payload
    })
  }

  /** The oldest go where there is no room. */
  #put(key: string, kept: Kept): void {
    if (kept.payload.length > MOST_OF_ONE) return
    this.#drop(key)
    this.#kept.set(key, kept)
    this.#characters += kept.payload.length
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= MOST_CHARACTERS) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#characters -= this.#kept.get(key)?.payload.length ?? 0
    this.#kept.delete(key)
  }
}

function send(reply: FastifyReply, { headers, payload }: Kept) {
  return reply
    .headers(headers)
    .serializer((text: string) => text)
    .send(payload)
}
