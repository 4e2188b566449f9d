import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { formatObjectName } from '../../src/source/object-name.ts'
import { faultProxy } from '../support/fault-proxy.ts'
import { place } from '../support/offtrail.ts'
import { DAY_MS, dayText, FIRST_DAY_MS } from '../support/pipeline-world.ts'
import {
  CREDENTIALS,
  callEvent,
  type QueueWorld,
  queueWorld,
  s3Event,
} from '../support/queue-world.ts'
import { trailRecord } from '../support/trail-records.ts'

const CALLS = 144
const here = place()
let world: QueueWorld
beforeEach(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = CREDENTIALS.accessKeyId
  process.env['AWS_SECRET_ACCESS_KEY'] = CREDENTIALS.secretAccessKey
  world = await queueWorld()
})
afterEach(() => world.stop())

/** A day's file in the bucket, and the queue told of it. */
async function announce(day: number): Promise<void> {
  const stampMs = FIRST_DAY_MS + (day + 1) * DAY_MS
  const name = { account: '111122223333', region: 'eu-west-1', folder: 'CloudTrail', stampMs }
  const key = formatObjectName(name, { suffix: 'AbCdEfGhIjKlMnOp', prefix: '' })
  await world.send(s3Event(await world.put(key, dayText(day))))
}

const watchArgs = (...more: readonly string[]): readonly string[] => [
  ...['watch', '--queue', world.queueUrl, '--endpoint-url', world.endpointUrl],
  ...['--store', 'watch.db', ...more],
]

/** Starts the watch; it is over with the test. */
function watching(...more: readonly string[]) {
  const child = here.start(watchArgs(...more))
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => {
    said.out += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    said.err += text.toString()
  })
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }))
  return {
    ended,
    stop: (signal: NodeJS.Signals) => child.kill(signal),
    async says(words: string): Promise<void> {
      while (!said.err.includes(words)) await Promise.race([once(child.stderr, 'data'), ended])
    },
  }
}

describe('offtrail watch', () => {
  it('drains a queue, says what run says, and what was left', async () => {
    for (let day = 0; day < 3; day++) await announce(day)
    await world.send(s3Event({ key: 'not-there.json.gz', etag: 'abc', size: 7 }))
    const { code, out, err } = await watching('--until-empty', '--json').ended
    const { report } = JSON.parse(out)
    expect(report.ingest.tally).toMatchObject({ counted: 3 * CALLS })
    expect(report.messages).toMatchObject({ received: 4, deleted: 3, left: 1 })
    expect(err).toContain('Messages 4 received = 3 deleted + 1 left for another try')
    expect(err).toContain('? s3://trail/not-there.json.gz: S3: NoSuchKey')
    expect(err).toContain('Files    3 listed = 3 done')
    expect(code).toBe(3)
    const again = await watching('--until-empty', '--quiet').ended
    expect(again).toMatchObject({ code: 0, out: '', err: '' })
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('goes on until %s, and ends well', async (signal) => {
    const watch = watching('--every', '1s')
    await watch.says('Watching sqs://000000000000/trail into watch.db')
    await announce(signal === 'SIGTERM' ? 10 : 11)
    await watch.says(
      'messages 1 received = 1 deleted; 144 of 144 records counted; insights none new',
    )
    watch.stop(signal)
    expect((await watch.ended).code).toBe(0)
    const store = here.offtrail(['doctor', '--store', 'watch.db', '--json'])
    expect(store.out).toContain('"ok": true')
  })

  it('counts calls once, killed between counting them and deleting their messages', async () => {
    for (let at = 0; at < 3; at++) await world.send(callEvent(trailRecord(at)))
    let kill = () => {}
    const proxy = await faultProxy(world.server.port, ({ operation }) => {
      if (operation !== 'DeleteMessageBatch') return 'answer'
      kill()
      return 'reset'
    })
    const victim = watching('--until-empty', '--json', '--endpoint-url', proxy.url)
    kill = () => victim.stop('SIGKILL')
    expect((await victim.ended).code).toBe(null)
    await proxy.close()
    expect(world.messages().inflight).toHaveLength(3)
    await world.runOut()
    await world.send(callEvent(trailRecord(3)))
    const { out } = await watching('--until-empty', '--json').ended
    const { tally } = JSON.parse(out).report.ingest
    expect(tally).toMatchObject({ counted: 1, duplicate: 3 })
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('holds the store as a run does', async () => {
    const watch = watching()
    await watch.says('Watching')
    const second = await watching('--until-empty').ended
    expect(second).toMatchObject({ code: 75, err: expect.stringContaining('STORE_LOCKED') })
    watch.stop('SIGTERM')
    expect((await watch.ended).code).toBe(0)
  })

  it('asks for what it needs', () => {
    expect(here.offtrail(['watch']).err).toContain("'--queue <url>' not specified")
    const wrong = here.offtrail(watchArgs('--every', 'soon'))
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('write 30s, 5m or 2h') })
  })
})
