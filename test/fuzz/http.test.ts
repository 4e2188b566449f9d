import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsRequest } from './aws-requests.ts'
import { type Answer, clientOf, type Sent } from './client.ts'
import { faultsOf } from './faults-of.ts'
import { type Known, knownOf } from './known.ts'
import { exchange } from './raw.ts'
import { rawRequest } from './raw-bytes.ts'
import { anyRequest } from './requests.ts'
import { type Served, serve } from './served.ts'
import { writeRequest } from './writes.ts'

/** Requests sent at once. */
const BATCH = 50
const SCALE = Number(process.env['FUZZ_SCALE'] ?? 1)
const seed = Number(process.env['FUZZ_SEED'] ?? fc.readConfigureGlobal().seed)
const PATIENCE_MS = 1_800_000

let served: Served
let client: ReturnType<typeof clientOf>
let known: Known
const tally = new Map<string, number>()

beforeAll(async () => {
  process.stderr.write(`seed ${seed}\n`)
  served = await serve()
  client = clientOf(served.port)
  known = await knownOf(client.send, served.tokens[0] ?? '')
}, PATIENCE_MS)

afterAll(async () => {
  client.close()
  await served.stop()
})

/** Sends batches of what `one` draws; `check` answers what is wrong with one of them. */
async function fuzz<One>(
  kind: string,
  one: fc.Arbitrary<One>,
  { requests, check }: { requests: number; check: (one: One) => Promise<readonly string[]> },
): Promise<void> {
  const batch = fc.array(one, { minLength: BATCH, maxLength: BATCH })
  const wrong: string[] = []
  const all = fc.asyncProperty(batch, async (each) => {
    wrong.push(...(await Promise.all(each.map(check))).flat())
    return wrong.length === 0
  })
  const numRuns = Math.ceil((requests * SCALE) / BATCH)
  const details = await fc.check(all, { seed, numRuns, endOnFailure: true })
  expect(wrong).toEqual([])
  if (details.failed) throw details.errorInstance
  expect(await alive()).toEqual({ status: 200, text: '{"status":"live"}', said: '' })
  process.stderr.write(`${kind}: ${numRuns * BATCH} requests, ${words(kind)}\n`)
}

async function alive() {
  const { status, text } = await client.send({ method: 'GET', path: '/livez', headers: {} })
  return { status, text, said: served.said() }
}

function counted(kind: string, { status }: Answer): void {
  const key = `${kind} ${status}`
  tally.set(key, (tally.get(key) ?? 0) + 1)
}

const words = (kind: string): string =>
  [...tally]
    .filter(([key]) => key.startsWith(`${kind} `))
    .map(([key, count]) => `${key.slice(kind.length + 1)}: ${count}`)
    .sort()
    .join(', ')

const inWords = (sent: Sent, answer: Answer, faults: readonly string[]): readonly string[] =>
  faults.map((fault) => `${fault}: ${JSON.stringify(sent)} -> ${JSON.stringify(answer)}`)

it(
  'answers whatever is asked of its routes, and says what is wrong with the rest',
  async () => {
    const check = async (sent: Sent) => {
      const answer = await client.send(sent)
      counted('routes', answer)
      const wire = sent.method === 'POST' && sent.headers['x-amz-target'] !== undefined
      const expected = { folder: served.folder, wire, head: sent.method === 'HEAD' }
      return inWords(sent, answer, faultsOf(answer, expected))
    }
    await fuzz('routes', anyRequest(known, served.tokens), { requests: 50_000, check })
    expect(tally.get('routes 200')).toBeGreaterThan(6_500 * SCALE)
  },
  PATIENCE_MS,
)

it(
  'writes what it is told as it should be, and says what is wrong with the rest',
  async () => {
    const check = async (sent: Sent) => {
      const answer = await client.send(sent)
      counted('writes', answer)
      return inWords(sent, answer, faultsOf(answer, { folder: served.folder }))
    }
    await fuzz('writes', writeRequest(known, served.tokens), { requests: 6_000, check })
    expect(tally.get('writes 200')).toBeGreaterThan(600 * SCALE)
    expect(tally.get('writes 202')).toBeGreaterThan(200 * SCALE)
  },
  PATIENCE_MS,
)

it(
  'answers whatever AWS clients ask, and names an error of theirs for the rest',
  async () => {
    const check = async (signed: () => Sent) => {
      const sent = signed()
      const answer = await client.send(sent)
      counted('aws', answer)
      return inWords(sent, answer, faultsOf(answer, { folder: served.folder, wire: true }))
    }
    await fuzz('aws', awsRequest(known, served.keys), { requests: 15_000, check })
    expect(tally.get('aws 200')).toBeGreaterThan(3_000 * SCALE)
  },
  PATIENCE_MS,
)

it(
  'says what is wrong with bytes that are no request, and outlives them',
  async () => {
    const check = async (bytes: Buffer) => {
      const answers = await exchange(served.port, bytes)
      return answers.flatMap((answer) => {
        counted('raw', answer)
        // Node answers these itself, with nothing but a status.
        if (isNodes(answer)) return []
        const faults = faultsOf(answer, {
          folder: served.folder,
          head: answer.text === '',
          wire: true,
        })
        return inWords({ method: '', path: bytes.toString('latin1'), headers: {} }, answer, faults)
      })
    }
    const [token = ''] = served.tokens
    await fuzz('raw', rawRequest(token), { requests: 4_000, check })
  },
  PATIENCE_MS,
)

it('stops as if nothing had been', async () => {
  expect(await served.stop()).toBe(0)
  expect(served.said()).toBe('')
})

/** 100 Continue, 417 for another expectation, 400 for no host. */
function isNodes({ status, headers }: Answer): boolean {
  return (
    status === 100 || (headers['content-type'] === undefined && (status === 417 || status === 400))
  )
}
