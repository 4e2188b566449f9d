import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
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
import { type Receiver, receiver } from '../support/receiver.ts'

const KILLS = Number(process.env['WATCH_KILLS'] ?? 40)
/** Watches side by side, each with a queue of its own: most of a life is waiting for the queue. */
const LANES = 2
const main = new URL('../../dist/src/main.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'offtrail-watch-'))
const trail = join(folder, 'trail')

beforeAll(async () => {
  await offtrail('simulate', '--out', trail, '--days', '3', '--seed', '11', '--quiet')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function logs(): readonly string[] {
  const files = readdirSync(trail, { recursive: true, encoding: 'utf8' })
  return files.filter((name) => name.endsWith('.json.gz')).sort()
}

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

/** A queue of its own, whose watch tells a webhook. */
interface Lane {
  readonly name: string
  readonly world: QueueWorld
  readonly told: readonly Told[]
  readonly random: Random
  readonly hook: Receiver
  readonly config: string
}

async function laneOf(nth: number): Promise<Lane> {
  const world = await queueWorld()
  onTestFinished(() => world.stop())
  const hook = await receiver()
  const name = `lane-${nth}`
  const config = join(folder, `${name}.yaml`)
  const sink = { name: 'hook', type: 'webhook', url: hook.url, allowHttp: true, allowPrivate: true }
  writeFileSync(config, JSON.stringify({ sinks: [sink] }))
  const told = await Promise.all(
    logs().map((key) => world.put(key, readFileSync(join(trail, key)))),
  )
  return { name, world, told, hook, config, random: new Random(5, `watch-kills-${name}`) }
}

const watchArguments = ({ world, config }: Lane, store: string): readonly string[] => [
  ...['watch', '--queue', world.queueUrl, '--endpoint-url', world.endpointUrl, '-c', config],
  ...['--until-empty', '--quiet', '--store', store, '--deliver-since', '2000-01-01'],
]

/** Tells the queue of every object: alone, in company, wrapped, of some twice. */
async function announceAll({ world, told, random }: Lane): Promise<void> {
  for (let at = 0; at < told.length; ) {
    const count = 1 + random.below(3)
    const some = told.slice(at, at + count)
    const [first] = some
    if (first !== undefined && random.chance(0.1)) await world.send(eventBridgeEvent(first))
    await world.send(random.chance(0.3) ? wrappedBySns(s3Event(...some)) : s3Event(...some))
    at += count
  }
}

/** What a message of the webhook is about. */
interface Message {
  readonly id: string
  readonly incident: { readonly id: string; readonly state: string }
}

/** Every incident that stands was told as it stands, and one id is one incident, however often it came. */
async function expectTold(messages: readonly Message[], store: string): Promise<void> {
  const insights = JSON.parse(await offtrail('insights', 'list', '--store', store, '--json'))
  const alarms = (insights as readonly Record<string, string>[]).filter(
    ({ insightType }) => insightType !== 'NewApiInsight',
  )
  const said = messages.map(({ incident }) => `${incident.id} ${incident.state}`)
  expect(alarms.length).toBeGreaterThan(0)
  for (const { incident, state } of alarms) expect(said).toContain(`${incident} ${state}`)
  const incidents = new Map(messages.map(({ id, incident }) => [id, incident.id]))
  for (const { id, incident } of messages) expect(incidents.get(id)).toBe(incident.id)
}

/** Rounds of one lane, until so many watches were killed in it; answers how many messages came again. */
async function killIn(lane: Lane, kills: number, expected: string): Promise<number> {
  const { world, hook, random } = lane
  let [killed, wholeMs, repeats] = [0, 0, 0]
  for (let round = 0; killed < kills; round++) {
    const store = join(folder, `${lane.name}-${round}.db`)
    const before = hook.received.length
    await announceAll(lane)
    if (round === 0) {
      const startedMs = performance.now()
      await offtrail(...watchArguments(lane, store))
      wholeMs = performance.now() - startedMs
    }
    while (killed < kills && round > 0) {
      const { isKilled } = await begin(watchArguments(lane, store), wholeMs * random.uniform())
      // What the killed one had in hand comes again.
      await world.runOut()
      if (!isKilled) break
      killed += 1
    }
    // A poll of one that was killed may still take messages with it.
    do {
      await world.runOut()
      await offtrail(...watchArguments(lane, store))
    } while (world.messages().inflight.length > 0)
    expect(world.messages().ready, `${lane.name}, round ${round}`).toEqual([])
    expect(await hashOf(store), `${lane.name}, round ${round}`).toBe(expected)
    expect(await offtrail('doctor', '--store', store, '--json')).toContain('"ok": true')
    const messages: readonly Message[] = hook.received
      .slice(before)
      .map(({ body }) => JSON.parse(body))
    await expectTold(messages, store)
    repeats += messages.length - new Set(messages.map(({ id }) => id)).size
    rmSync(store)
  }
  return repeats
}

it(`reaches the state of a run over the same files after ${KILLS} kills at random moments, and tells all of it`, async () => {
  const calm = join(folder, 'calm.db')
  const quietly = ['--quiet', '-o', join(folder, 'results')]
  await offtrail('run', join(trail, 'AWSLogs'), '--store', calm, ...quietly)
  const expected = await hashOf(calm)
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, nth) => laneOf(nth)))
  const repeats = await Promise.all(
    lanes.map((lane, nth) => killIn(lane, Math.floor((KILLS + nth) / LANES), expected)),
  )
  process.stderr.write(`messages that came again: ${repeats.join(' + ')}\n`)
}, 1_800_000)
