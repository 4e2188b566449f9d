import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandLine, valuesOf } from '../support/offtrail.ts'
import { DAY_MS, dayText, FIRST_DAY_MS, temporaryFolder } from '../support/pipeline-world.ts'
import { CREDENTIALS, type QueueWorld, queueWorld, s3Event } from '../support/queue-world.ts'

let world: QueueWorld
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey)
  world = await queueWorld()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await world.stop()
})

const watch = (store: string, ...more: readonly string[]) => {
  const queue = ['--queue', world.queueUrl, '--endpoint-url', world.endpointUrl]
  return commandLine(['watch', ...queue, '--store', store, '--region', 'us-east-1', ...more])
}

/** Weeks of one account, and a burst on the last day. */
async function announceBurst(): Promise<void> {
  for (let day = 0; day < 21; day++) {
    const burst = { minute: 600, count: 400, changes: { eventName: 'RunInstances' } }
    const stamp = new Date(FIRST_DAY_MS + (day + 1) * DAY_MS).toISOString().slice(0, 10)
    const body = dayText(day, day === 20 ? [burst] : [])
    await world.send(s3Event(await world.put(`logs/${stamp}.json`, body)))
  }
}

describe('offtrail watch --until-empty', () => {
  it('prints the insights that came of the messages, and says what became of them', async () => {
    await announceBurst()
    const store = `${temporaryFolder()}/watch.db`
    const { code, out, err } = await watch(store, '--until-empty', '--fail-on', 'minor')
    expect(valuesOf(out).map((insight) => insight['eventName'])).toContain('RunInstances')
    expect(err).toContain('Messages 21 received = 21 deleted\n')
    expect(err).toContain('Files    21 listed = 21 done')
    expect(code).toBe(1)
    const again = await watch(store, '--until-empty', '--json')
    expect(JSON.parse(again.out)).toMatchObject({
      ...{ insights: [], report: { messages: { received: 0 } } },
    })
    expect(again.code).toBe(0)
  })

  it('ends with 3 where a message went to the quarantine', async () => {
    await world.send('hello')
    const store = `${temporaryFolder()}/watch.db`
    const { code, err } = await watch(store, '--until-empty', '--quiet')
    expect(err).toMatch(/^! sqs:\/\/000000000000\/trail\/\S+: it is no JSON object: hello \[NO_ANN/)
    expect(code).toBe(3)
    const { out } = await commandLine(['quarantine', '--store', store])
    expect(out).toContain('it is no JSON object: hello')
    expect((await commandLine(['doctor', '--store', store])).code).toBe(0)
  })
})

describe('offtrail watch', () => {
  it('prints what came of a run as it goes on, and ends when told to', async () => {
    await announceBurst()
    const store = `${temporaryFolder()}/watch.db`
    let stop = () => {}
    const said = { out: '', err: '' }
    const { code } = await commandLine(
      [
        ...['watch', '--queue', world.queueUrl, '--endpoint-url', world.endpointUrl],
        ...['--store', store, '--every', '0s'],
      ],
      {
        onStop: (told) => {
          stop = told
        },
        out: (text) => {
          said.out += text
        },
        err: (text) => {
          said.err += text
          if (said.out.includes('RunInstances')) stop()
        },
      },
    )
    expect(code).toBe(0)
    expect(said.err).toContain('Watching sqs://000000000000/trail')
    expect(said.err).toContain('messages 10 received = 10 deleted; 1 440 of 1 440 records counted')
  })
})
