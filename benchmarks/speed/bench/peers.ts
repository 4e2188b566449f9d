import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Options } from '../options.ts'
import { buildNative, SIMDJSON } from './build-native.ts'
import { installed } from './installed.ts'

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
export function findPeers(options: Options, scratch: string): Peers {
  const jq = spawnSync('jq', ['--version'], { encoding: 'utf8' })
  const clickhouse = options.clickhouse ? installed(CHDB) : null
  const { version } = createRequire(import.meta.url)('@duckdb/node-api/package.json')
  return {
    clickhouse,
    jq: jq.status === 0,
    native: options.native ? buildNative(scratch) : null,
    versions: [
      `@duckdb/node-api ${version}`,
      ...(clickhouse === null ? [] : [CHDB.replace('@', ' ')]),
      ...(options.native ? [`${SIMDJSON.replace(/@(?=[0-9])/, ' ')} and libdeflate`] : []),
      ...(jq.status === 0 ? [jq.stdout.trim()] : []),
    ],
  }
}
