import { randomBytes } from 'node:crypto'
import { type Command, Option } from 'commander'
import type { AccessKey } from '../base/access-key.ts'
import { rfc3339 } from '../base/times.ts'
import { ACCESS_KEY_FILE } from '../source/access-keys.ts'
import { readKeyFile } from '../source/key-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { accountsText, addKey, removeKey } from './key-files.ts'
import { gather, jsonOption } from './options.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly accessKeys: string
  readonly account?: readonly string[]
  readonly write?: boolean
  readonly json?: boolean
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** `offtrail access-key create|list|revoke`: who may ask through AWS's own clients. */
export function addAccessKey(command: Command, { terminal }: House): void {
  command
    .command('create')
    .description('make a key for AWS clients; its secret is shown this once')
    .addOption(accessKeysOption().makeOptionMandatory())
    .option('--account <id>', 'may read this account only (repeatable); all, unless given', gather)
    .option('--write', 'may also switch detection on and off (put-insight-selectors)')
    .addOption(jsonOption())
    .action(async ({ accessKeys: path, account, write, json }: Flags) => {
      const key = newKey(account ?? 'all', write ?? false, terminal.now())
      await addKey(path, ACCESS_KEY_FILE, key)
      terminal.out(json === true ? jsonText(key) : profileOf(key))
      terminal.err(`Kept in ${path}. Answer it with: offtrail serve --access-keys ${path}\n`)
    })
  command
    .command('list', { isDefault: true })
    .description('the keys there are, without their secrets')
    .addOption(accessKeysOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action(({ accessKeys: path, json }: Flags) => {
      const keys = readKeyFile(path, ACCESS_KEY_FILE).map(
        ({ secretAccessKey: _, ...shown }) => shown,
      )
      terminal.out(json === true ? jsonText(keys) : tableOf(keys))
    })
  command
    .command('revoke <id>')
    .description('end a key; a running server knows at once')
    .addOption(accessKeysOption().makeOptionMandatory())
    .action(async (id: string, { accessKeys: path }: Flags) => {
      await removeKey(path, ACCESS_KEY_FILE, { id, idOf: ({ accessKeyId }) => accessKeyId })
      terminal.err(`${id} is revoked.\n`)
    })
}

/** The file that access keys are kept in. */
export const accessKeysOption = (): Option =>
  new Option('--access-keys <file>', 'file of access keys for AWS clients')

function newKey(accounts: AccessKey['accounts'], mayWrite: boolean, nowMs: number): AccessKey {
  const letters = [...randomBytes(18)].map((byte) => LETTERS[byte % LETTERS.length])
  return {
    accessKeyId: `OT${letters.join('')}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    ...{ accounts, mayWrite },
    createdTime: rfc3339(nowMs),
  }
}

/** As `~/.aws/credentials` wants it. */
function profileOf({ accessKeyId, secretAccessKey }: AccessKey): string {
  return `[offtrail]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
}

function tableOf(keys: readonly Omit<AccessKey, 'secretAccessKey'>[]): string {
  const rows = keys.map(({ accessKeyId, accounts, mayWrite, createdTime }) => [
    accessKeyId,
    accountsText(accounts),
    mayWrite === true ? 'read, write' : 'read',
    createdTime,
  ])
  return textTable(['ACCESS KEY', 'ACCOUNTS', 'MAY', 'CREATED'], rows, null)
}
