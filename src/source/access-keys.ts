import type { AccessKey } from '../base/access-key.ts'
import { areAccounts, type KeyFileKind } from './key-file.ts'

/** An empty secret would be one that everybody knows. */
const SECRET_LENGTH = 20

/** The file that `offtrail access-key` keeps. */
export const ACCESS_KEY_FILE: KeyFileKind<AccessKey> = {
  member: 'accessKeys',
  title: 'access keys',
  command: 'offtrail access-key',
  keyOf: (value) => {
    const key = (value ?? {}) as AccessKey
    const { accessKeyId, secretAccessKey, accounts, mayWrite, createdTime } = key
    const texts = [accessKeyId, secretAccessKey, createdTime]
    const isKey =
      texts.every((each) => typeof each === 'string') &&
      secretAccessKey.length >= SECRET_LENGTH &&
      areAccounts(accounts) &&
      (mayWrite === undefined || typeof mayWrite === 'boolean')
    return isKey ? key : undefined
  },
}
