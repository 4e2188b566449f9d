import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))

/** How the program ended, and what it said. */
export interface Ending {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder in which the built program is run as users run it; gone after the tests of the file. */
export function place() {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-e2e-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    folder,
    path: (...names: readonly string[]): string => join(folder, ...names),
    /** Runs it to its end; `flags` are the engine's. */
    offtrail(
      args: readonly string[],
      input: string | Uint8Array = '',
      flags: readonly string[] = [],
    ): Ending {
      const options = { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 27 } as const
      const all = [...flags, MAIN, ...args]
      const { status, stdout, stderr } = spawnSync(process.execPath, all, options)
      return { code: status, out: stdout, err: stderr }
    },
    /** Starts it. */
    start: (args: readonly string[]) => spawn(process.execPath, [MAIN, ...args], { cwd: folder }),
  }
}

/** How a started program ends. */
export async function ended(child: ChildProcess): Promise<Ending> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (text) => {
    out += text
  })
  child.stderr?.on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

/** A terminal that keeps what it is told; the clock stands still. */
export function recordingTerminal(changes: Partial<Terminal> = {}) {
  const said = { out: '', err: '' }
  const terminal: Terminal = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    input: Readable.from([]),
    ...{ outIsTerminal: false, errIsTerminal: false, width: 120, colour: false, cwd: '/' },
    ...{ now: () => Date.UTC(2026, 5, 1), sleep: async () => {}, random: () => 0.5 },
    ...{
      nodeVersion: '20.19.0',
      pid: process.pid,
      host: 'here',
      cores: 1,
      isAlive: () => true,
      onStop: () => {},
    },
    variable: () => undefined,
    again: () => ({ ended: Promise.resolve({ code: 0, err: '' }), stop: () => {} }),
    ...{ residentBytes: () => 0, ...changes },
  }
  return { terminal, said }
}

/** Runs a command line in this process. */
export async function commandLine(
  args: readonly string[],
  changes: Partial<Terminal> = {},
): Promise<Ending> {
  const { terminal, said } = recordingTerminal(changes)
  const code = await runCommandLine(args, terminal)
  return { code, ...said }
}

/** The values of NDJSON. */
export const valuesOf = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
