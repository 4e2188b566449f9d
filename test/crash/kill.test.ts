import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Random } from '../../src/simulate/random.ts'

const KILLS = Number(process.env['KILLS'] ?? 200)
const main = new URL('../../dist/src/main.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'offtrail-kill-'))
const trail = join(folder, 'trail')

const offtrail = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

const runArguments = (store: string): readonly string[] => [
  'run',
  trail,
  '--store',
  store,
  '--quiet',
  '-o',
  join(folder, 'results'),
]
const hashOf = (store: string): string =>
  offtrail('export', '--store', store, '--canonical', '--hash')

beforeAll(() => {
  offtrail('simulate', '--out', trail, '--days', '3', '--seed', '11', '--quiet')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs until done or until killed after `afterMs`; answers whether it was killed. */
function runAndKill(store: string, afterMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...runArguments(store)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let words = ''
    child.stderr.on('data', (text: Buffer) => {
      words += text.toString()
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(`run ended with ${code}: ${words}`))
      else resolve(signal === 'SIGKILL')
    })
  })
}

it(`reaches the state of an undisturbed run after ${KILLS} kills at random moments`, async () => {
  const calm = join(folder, 'calm.db')
  const startedMs = performance.now()
  offtrail(...runArguments(calm))
  const wholeMs = performance.now() - startedMs
  const expected = hashOf(calm)
  const random = new Random(5, 'kills')
  let kills = 0
  for (let round = 0; kills < KILLS; round++) {
    const store = join(folder, `round-${round}.db`)
    // Each round ends by itself: work done between kills is kept, so some attempt gets through.
    while (kills < KILLS && (await runAndKill(store, wholeMs * random.uniform()))) kills += 1
    offtrail(...runArguments(store))
    expect(hashOf(store), `round ${round}`).toBe(expected)
    expect(offtrail('doctor', '--store', store, '--json')).toContain('"ok": true')
    rmSync(store)
  }
  expect(kills).toBe(KILLS)
}, 1_800_000)
