import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessKey } from '../../src/base/access-key.ts'

const main = new URL('../../dist/src/main.js', import.meta.url).pathname

/** The built program, serving a store that it made. */
export interface Served {
  readonly port: number
  readonly folder: string
  /** Tokens in full: one that may do anything to all accounts, and one that may write about one. */
  readonly tokens: readonly string[]
  /** Of all accounts, and of one. */
  readonly keys: readonly AccessKey[]
  /** What it said on stderr after it began to serve, beside its audit. */
  readonly said: () => string
  /** Stops it; resolves to its exit code. */
  readonly stop: () => Promise<number | null>
}

/** Makes a store, tokens and access keys, and serves them as users do. */
export async function serve(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-fuzz-'))
  const path = (name: string): string => join(folder, name)
  const offtrail = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [main, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  offtrail('simulate', '--out', path('trail'), '--days', '16', '--seed', '11', '--quiet')
  offtrail('run', path('trail'), '--store', path('store.db'), '--quiet', '-o', path('results'))
  offtrail('label', 'import', path('trail/labels.json'), '--store', path('store.db'))
  const one = ['--account', '111122223333']
  const token = (...more: readonly string[]): string =>
    JSON.parse(offtrail('token', 'create', '--tokens', path('tokens'), ...more, '--json')).token
  const key = (...more: readonly string[]): AccessKey =>
    JSON.parse(offtrail('access-key', 'create', '--access-keys', path('keys'), ...more, '--json'))
  const tokens = [token('--name', 'all', '--admin'), token('--name', 'one', '--write', ...one)]
  const keys = [key('--write'), key(...one)]
  const files = ['--store', path('store.db'), '--tokens', path('tokens')]
  const args = [...files, '--access-keys', path('keys'), '--port', '0']
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (text: Buffer) => {
    words += text.toString()
  })
  const port = await portOf(child, () => words)
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return {
    ...{ port, folder, tokens, keys },
    said: () =>
      words
        .replace(/^Serving .*\n/, '')
        .split(/(?<=\n)/)
        .filter(isNoAudit)
        .join(''),
    stop: () => {
      child.kill('SIGTERM')
      return ended.finally(() => rmSync(folder, { recursive: true, force: true }))
    },
  }
}

/** Whether a line is whole, and not what is said of each write. */
function isNoAudit(line: string): boolean {
  return line.endsWith('\n') && !/^\{"level":30,.*"audit":\{.*"msg":"write"\}\n$/.test(line)
}

function portOf(child: ChildProcess, said: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', () => {
      const [, port] = / on http:\/\/127\.0\.0\.1:(\d+) .*\n/.exec(said()) ?? []
      if (port !== undefined) resolve(Number(port))
    })
    child.on('exit', () => reject(new Error(`serve ended: ${said()}`)))
  })
}
