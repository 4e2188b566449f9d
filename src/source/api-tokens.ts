import { type ApiToken, TOKEN_SCOPES } from '../base/api-token.ts'
import { areAccounts, type KeyFileKind } from './key-file.ts'

/** A token as it may stand in a file; before there were scopes it was said whether it may write. */
type Written = Omit<ApiToken, 'scope'> & Partial<Pick<ApiToken, 'scope'>> & { mayWrite?: boolean }

/** The file that `offtrail token` keeps. */
export const API_TOKEN_FILE: KeyFileKind<ApiToken> = {
  member: 'tokens',
  title: 'tokens',
  command: 'offtrail token',
  keyOf: (value) => {
    const { id, sha256, name, accounts, mayWrite, createdTime, expiresTime, scope } = (value ??
      {}) as Written
    const token = {
      ...{ id, sha256, name, accounts, scope: scope ?? (mayWrite === true ? 'write' : 'read') },
      ...{ createdTime, expiresTime },
    }
    const isToken =
      [id, name, createdTime].every((each) => typeof each === 'string') &&
      /^[\da-f]{64}$/.test(String(sha256)) &&
      areAccounts(accounts) &&
      TOKEN_SCOPES.includes(token.scope) &&
      (mayWrite === undefined || typeof mayWrite === 'boolean') &&
      (expiresTime === null || Number.isFinite(Date.parse(expiresTime)))
    return isToken ? token : undefined
  },
}
