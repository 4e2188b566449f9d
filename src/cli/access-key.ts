import { randomBytes } from 'node:crypto'
import { type Command, Option } from 'commander'
import type { AccessKey } from '../base/access-key.ts'
import { Fault } from '../base/fault.ts'
import { rfc3339 } from '../base/times.ts'
import { writeAtomically } from '../sink/file.ts'
import { readAccessKeys } from '../source/access-keys.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { gather, jsonOption } from './options.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly accessKeys: string
  readonly account?: readonly string[]
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
    .addOption(jsonOption())
    .action(async ({ accessKeys: path, account, json }: Flags) => {
      const key = newKey(account ?? 'all', terminal.now())
      await write(path, [...existing(path), key])
      terminal.out(json === true ? jsonText(key) : profileOf(key))
      terminal.err(`Kept in ${path}. Answer it with: offtrail serve --access-keys ${path}\n`)
    })
  command
    .command('list', { isDefault: true })
    .description('the keys there are, without their secrets')
    .addOption(accessKeysOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action(({ accessKeys: path, json }: Flags) => {
      const keys = readAccessKeys(path).map(({ secretAccessKey: _, ...shown }) => shown)
      terminal.out(json === true ? jsonText(keys) : tableOf(keys))
    })
  command
    .command('revoke <id>')
    .description('end a key; a running server knows at once')
    .addOption(accessKeysOption().makeOptionMandatory())
    .action(async (id: string, { accessKeys: path }: Flags) => {
      const keys = readAccessKeys(path)
      const kept = keys.filter(({ accessKeyId }) => accessKeyId !== id)
      if (kept.length === keys.length) {
        throw new Fault(
          'NOT_FOUND',
          `${path} has no key ${id}: offtrail access-key list prints them`,
        )
      }
      await write(path, kept)
      terminal.err(`${id} is revoked.\n`)
    })
}

/** The file that access keys are kept in. */
export const accessKeysOption = (): Option =>
  new Option('--access-keys <file>', 'file of access keys for AWS clients')

function newKey(accounts: AccessKey['accounts'], nowMs: number): AccessKey {
  const letters = [...randomBytes(18)].map((byte) => LETTERS[byte % LETTERS.length])
  return {
    accessKeyId: `OT${letters.join('')}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    accounts,
    createdTime: rfc3339(nowMs),
  }
}

function existing(path: string): readonly AccessKey[] {
  try {
    return readAccessKeys(path)
  } catch (error) {
    if (error instanceof Fault && error.code === 'INPUT_NOT_FOUND') return []
    throw error
  }
}

function write(path: string, accessKeys: readonly AccessKey[]): Promise<void> {
  return writeAtomically(path, `${JSON.stringify({ accessKeys }, null, 2)}\n`, { mode: 0o600 })
}

/** As `~/.aws/credentials` wants it. */
function profileOf({ accessKeyId, secretAccessKey }: AccessKey): string {
  return `[offtrail]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
}

function tableOf(keys: readonly Omit<AccessKey, 'secretAccessKey'>[]): string {
  const rows = keys.map(({ accessKeyId, accounts, createdTime }) => [
    accessKeyId,
    accounts === 'all' ? 'all' : accounts.join(' '),
    createdTime,
  ])
  return textTable(['ACCESS KEY', 'ACCOUNTS', 'CREATED'], rows, null)
}
