import type { ApiToken } from '../base/api-token.ts'
import { areAccounts, type KeyFileKind } from './key-file.ts'

/** The file that `offtrail token` keeps. */
export const API_TOKEN_FILE: KeyFileKind<ApiToken> = {
  member: 'tokens',
  title: 'tokens',
  command: 'offtrail token',
  isKey: (value): value is ApiToken => {
    const { id, sha256, name, accounts, mayWrite, createdTime, expiresTime } = (value ??
      {}) as ApiToken
    return (
      [id, name, createdTime].every((each) => typeof each === 'string') &&
      /^[\da-f]{64}$/.test(String(sha256)) &&
      areAccounts(accounts) &&
      (mayWrite === undefined || typeof mayWrite === 'boolean') &&
      (expiresTime === null || Number.isFinite(Date.parse(expiresTime)))
    )
  },
}
