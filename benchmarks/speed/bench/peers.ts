import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Options } from '../options.ts'

/** 540 MB, so it is installed only when asked for, and never into the project. */
const CHDB = 'chdb@3.4.0'

/** Peers that are not on every machine. */
export interface Peers {
  /** Where chdb is installed; null: not asked for. */
  readonly clickhouse: string | null
  readonly jq: boolean
  /** The built C++ peer; null: not asked for. */
  readonly native: string | null
  /** Names and versions of all. */
  readonly versions: readonly string[]
}

/** Finds the peers, and installs those that were asked for. Throws where that fails. */
export function findPeers(options: Options, buildNative: () => string): Peers {
  const jq = spawnSync('jq', ['--version'], { encoding: 'utf8' })
  const clickhouse = options.clickhouse ? installed(CHDB) : null
  const { version } = createRequire(import.meta.url)('@duckdb/node-api/package.json')
  return {
    clickhouse,
    jq: jq.status === 0,
    native: options.native ? buildNative() : null,
    versions: [
      `@duckdb/node-api ${version}`,
      ...(clickhouse === null ? [] : [CHDB.replace('@', ' ')]),
      ...(jq.status === 0 ? [jq.stdout.trim()] : []),
    ],
  }
}

/** Installs a package into a folder of its own in the user's cache, and gives the folder. */
export function installed(packageAtVersion: string): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(caches, 'offtrail-bench', packageAtVersion.replace(/[@/]+/g, '-'))
  if (existsSync(join(folder, 'node_modules'))) return folder
  mkdirSync(folder, { recursive: true })
  process.stderr.write(`installing ${packageAtVersion} into ${folder}\n`)
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      packageAtVersion,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) throw new Error(`npm could not install ${packageAtVersion}`)
  return folder
}
