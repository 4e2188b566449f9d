import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { PageRequest } from '../../store/store.ts'
import { PAGE_LIMITS } from '../limits.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { defaulted } from './defaulted.ts'
import { isRelative } from './relative.ts'

/** Query parameters of every list that comes in pages. */
export const pageFields = {
  limit: defaulted(
    Type.Integer({
      minimum: 1,
      maximum: PAGE_LIMITS.rows,
      default: PAGE_LIMITS.defaultRows,
      description: 'Rows of one page at most.',
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_024,
      description: '`nextCursor` of the page before. Every other parameter stays as it was.',
    }),
  ),
} satisfies Record<string, TSchema>

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string
}

/** One request for a page, read. */
export interface Turn {
  readonly path: string
  readonly query: PageQuery
  /** What `24h` and the like are reckoned from: the same moment on every page of one list. */
  readonly nowMs: number
  readonly page: PageRequest
}

/** Turns cursors into places and back. */
export interface Pager {
  /** Reads what page of the list at `path` is asked for. Throws `USAGE` for a cursor that is not its own. */
  turn(path: string, query: PageQuery, nowMs: number): Turn
  /** `nextCursor` for the answer, also set as `Link: rel="next"`; nothing on the last page. */
  next(reply: FastifyReply, turn: Turn, after: string | null): { readonly nextCursor?: string }
}

/** A pager that signs with `secret`, or with a key of its own that ends with the process. */
export function pagerWith(secret: string | null): Pager {
  const key =
    secret === null ? randomBytes(32) : createHash('sha256').update(`cursor\n${secret}`).digest()
  return {
    turn(path, query, nowMs) {
      if (query.cursor === undefined) {
        return { path, query, nowMs, page: { limit: query.limit, after: null } }
      }
      const place = openCursor(key, questionOf(path, query), query.cursor)
      return {
        path,
        query,
        nowMs: place.nowMs ?? nowMs,
        page: { limit: query.limit, after: place.after },
      }
    },
    next(reply, { path, query, nowMs }, after) {
      if (after === null) return {}
      const nextCursor = sealCursor(key, questionOf(path, query), {
        after,
        // Otherwise equal pages have equal cursors.
        nowMs: isRelative(query) ? nowMs : null,
      })
      reply.header('link', `<${path}?${searchOf({ ...query, cursor: nextCursor })}>; rel="next"`)
      return { nextCursor }
    },
  }
}

/** Path and filter in one canonical text; the size of a page may change on the way. */
function questionOf(path: string, query: PageQuery): string {
  const { cursor: _cursor, limit: _limit, ...filter } = query
  return JSON.stringify([path, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))])
}

function searchOf(query: PageQuery): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return search
}
