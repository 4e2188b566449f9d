import { createHash } from 'node:crypto'
import type { ApiToken } from '../../src/base/api-token.ts'

/** A token of this id that reads all accounts, with these differences. */
export function aToken(id: string, changes: Partial<ApiToken> = {}): ApiToken {
  return {
    ...{ id, sha256: createHash('sha256').update(`secret-of-${id}`).digest('hex') },
    ...{ name: `${id} of tests`, accounts: 'all', scope: 'read' },
    ...{ createdTime: '2026-01-01T00:00:00Z', expiresTime: null },
    ...changes,
  }
}

/** The header that brings it. */
export const bearer = (id: string, secret = `secret-of-${id}`): string => `Bearer ${id}.${secret}`
