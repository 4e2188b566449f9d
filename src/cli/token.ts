import { createHash, randomBytes } from 'node:crypto'
import { type Command, Option } from 'commander'
import { type ApiToken, reaches, TOKEN_SCOPES } from '../base/api-token.ts'
import { rfc3339 } from '../base/times.ts'
import { safe } from '../sink/safe.ts'
import { API_TOKEN_FILE } from '../source/api-tokens.ts'
import { readKeyFile } from '../source/key-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { accountsText, addKey, removeKey } from './key-files.ts'
import { gather, jsonOption, wholeNumber } from './options.ts'
import { textTable } from './text-table.ts'

const DAY_MS = 86_400_000

interface Flags {
  readonly tokens: string
  readonly name: string
  readonly account?: readonly string[]
  readonly write?: boolean
  readonly admin?: boolean
  readonly days?: number
  readonly json?: boolean
}

/** `offtrail token create|list|revoke`: who may ask over HTTP. */
export function addToken(command: Command, { terminal }: House): void {
  command
    .command('create')
    .description('make a token; it is shown this once')
    .addOption(tokensOption().makeOptionMandatory())
    .requiredOption('--name <text>', 'whose it is, or what for')
    .option('--account <id>', 'may read this account only (repeatable); all, unless given', gather)
    .option('--write', 'may also say what happened (verdicts, labels)')
    .option('--admin', 'may do that, and switch detection on and off (selectors)')
    .option(
      '--days <count>',
      'ends after so many days; never, unless given',
      wholeNumber('--days', { min: 1, max: 3650 }),
    )
    .addOption(jsonOption())
    .action(async (flags: Flags) => {
      const { token, text } = newToken(flags, terminal.now())
      await addKey(flags.tokens, API_TOKEN_FILE, token)
      const { sha256: _, ...shown } = token
      terminal.out(flags.json === true ? jsonText({ ...shown, token: text }) : `${text}\n`)
      terminal.err(`Its hash is kept in ${flags.tokens}: offtrail serve --tokens ${flags.tokens}\n`)
    })
  command
    .command('list', { isDefault: true })
    .description('the tokens there are')
    .addOption(tokensOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action(({ tokens: path, json }: Flags) => {
      const tokens = readKeyFile(path, API_TOKEN_FILE).map(({ sha256: _, ...shown }) => shown)
      terminal.out(json === true ? jsonText(tokens) : tableOf(tokens))
    })
  command
    .command('revoke <id>')
    .description('end a token; a running server knows at once')
    .addOption(tokensOption().makeOptionMandatory())
    .action(async (id: string, { tokens: path }: Flags) => {
      await removeKey(path, API_TOKEN_FILE, { id, idOf: (token) => token.id })
      terminal.err(`${id} is revoked.\n`)
    })
}

/** The file that tokens are kept in. */
export const tokensOption = (): Option =>
  new Option('--tokens <file>', 'file of tokens that requests must bring')

function newToken({ name, account, days, ...flags }: Flags, nowMs: number) {
  const id = `ot-${randomBytes(6).toString('hex')}`
  const secret = randomBytes(32).toString('base64url')
  const token: ApiToken = {
    id,
    sha256: createHash('sha256').update(secret).digest('hex'),
    name,
    accounts: account ?? 'all',
    scope: scopeOf(flags),
    createdTime: rfc3339(nowMs),
    expiresTime: days === undefined ? null : rfc3339(nowMs + days * DAY_MS),
  }
  return { token, text: `${id}.${secret}` }
}

function scopeOf({ write, admin }: Pick<Flags, 'write' | 'admin'>): ApiToken['scope'] {
  if (admin === true) return 'admin'
  return write === true ? 'write' : 'read'
}

function tableOf(tokens: readonly Omit<ApiToken, 'sha256'>[]): string {
  const rows = tokens.map(({ id, name, accounts, scope, createdTime, expiresTime }) => [
    ...[id, safe(name), safe(accountsText(accounts)), scopeWords(scope)],
    createdTime,
    expiresTime ?? 'never',
  ])
  return textTable(['TOKEN', 'NAME', 'ACCOUNTS', 'MAY', 'CREATED', 'ENDS'], rows, null)
}

/** A scope with those it contains. */
function scopeWords(scope: ApiToken['scope']): string {
  return TOKEN_SCOPES.filter((each) => reaches(scope, each)).join(', ')
}
