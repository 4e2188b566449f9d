import type { AccessKey } from '../base/access-key.ts'
import { areAccounts, type KeyFileKind } from './key-file.ts'

/** An empty secret would be one that everybody knows. */
const SECRET_LENGTH = 20

/** The file that `offtrail access-key` keeps. */
export const ACCESS_KEY_FILE: KeyFileKind<AccessKey> = {
  member: 'accessKeys',
  title: 'access keys',
  command: 'offtrail access-key',
  isKey: (value): value is AccessKey => {
    const { accessKeyId, secretAccessKey, accounts, mayWrite, createdTime } = (value ??
      {}) as AccessKey
    const texts = [accessKeyId, secretAccessKey, createdTime]
    return (
      texts.every((each) => typeof each === 'string') &&
      secretAccessKey.length >= SECRET_LENGTH &&
      areAccounts(accounts) &&
      (mayWrite === undefined || typeof mayWrite === 'boolean')
    )
  },
}
