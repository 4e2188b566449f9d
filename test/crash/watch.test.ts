import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Random } from '../../src/simulate/random.ts'
import {
  CREDENTIALS,
  eventBridgeEvent,
  type QueueWorld,
  queueWorld,
  s3Event,
  type Told,
  wrappedBySns,
} from '../support/queue-world.ts'

const KILLS = Number(process.env['WATCH_KILLS'] ?? 20)
const main = new URL('../../dist/src/main.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'offtrail-watch-'))
const trail = join(folder, 'trail')
let world: QueueWorld
let told: readonly Told[]

beforeAll(async () => {
  world = await queueWorld()
  await offtrail('simulate', '--out', trail, '--days', '3', '--seed', '11', '--quiet')
  const files = readdirSync(trail, { recursive: true, encoding: 'utf8' })
  const logs = files.filter((name) => name.endsWith('.json.gz')).sort()
  told = await Promise.all(logs.map((key) => world.put(key, readFileSync(join(trail, key)))))
}, 120_000)
afterAll(async () => {
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly isKilled: boolean
  readonly out: string
}

/** Runs until done, or until killed after `afterMs`. The queue is served by this process, so nothing may block it. */
function begin(args: readonly string[], afterMs?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    }
    const child = spawn(process.execPath, [main, ...args], { env })
    const said = { out: '', err: '' }
    child.stdout.on('data', (text: Buffer) => {
      said.out += text.toString()
    })
    child.stderr.on('data', (text: Buffer) => {
      said.err += text.toString()
    })
    const timer =
      afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const isKilled = signal === 'SIGKILL'
      if (!isKilled && code !== 0) reject(new Error(`${args[0]} ended with ${code}: ${said.err}`))
      else resolve({ isKilled, out: said.out })
    })
  })
}

const offtrail = async (...args: readonly string[]): Promise<string> => (await begin(args)).out

const hashOf = (store: string): Promise<string> =>
  offtrail('export', '--store', store, '--canonical', '--hash')

const watchArguments = (store: string): readonly string[] => [
  ...['watch', '--queue', world.queueUrl, '--endpoint-url', world.endpointUrl],
  ...['--until-empty', '--quiet', '--store', store],
]

/** Tells the queue of every object: alone, in company, wrapped, and of some twice. */
async function announceAll(random: Random): Promise<void> {
  for (let at = 0; at < told.length; ) {
    const count = 1 + random.below(3)
    const some = told.slice(at, at + count)
    const [first] = some
    if (first !== undefined && random.chance(0.1)) await world.send(eventBridgeEvent(first))
    await world.send(random.chance(0.3) ? wrappedBySns(s3Event(...some)) : s3Event(...some))
    at += count
  }
}

it(`reaches the state of a run over the same files after ${KILLS} kills at random moments`, async () => {
  const calm = join(folder, 'calm.db')
  const quietly = ['--quiet', '-o', join(folder, 'results')]
  await offtrail('run', join(trail, 'AWSLogs'), '--store', calm, ...quietly)
  const expected = await hashOf(calm)
  const random = new Random(5, 'watch-kills')
  let kills = 0
  let wholeMs = 0
  for (let round = 0; kills < KILLS; round++) {
    const store = join(folder, `round-${round}.db`)
    await announceAll(random)
    if (round === 0) {
      const startedMs = performance.now()
      await offtrail(...watchArguments(store))
      wholeMs = performance.now() - startedMs
    }
    while (kills < KILLS && round > 0) {
      const { isKilled } = await begin(watchArguments(store), wholeMs * random.uniform())
      // What the killed one had in hand comes again.
      await world.runOut()
      if (!isKilled) break
      kills += 1
    }
    // A poll of one that was killed may still take messages with it.
    do {
      await world.runOut()
      await offtrail(...watchArguments(store))
    } while (world.messages().inflight.length > 0)
    expect(world.messages().ready, `round ${round}`).toEqual([])
    expect(await hashOf(store), `round ${round}`).toBe(expected)
    expect(await offtrail('doctor', '--store', store, '--json')).toContain('"ok": true')
    rmSync(store)
  }
  expect(kills).toBe(KILLS)
}, 1_800_000)
