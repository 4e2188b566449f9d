import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandLine } from '../support/offtrail.ts'
import { temporaryFolder } from '../support/pipeline-world.ts'
import {
  CREDENTIALS,
  callEvent,
  type QueueWorld,
  queueWorld,
  s3Event,
  wrappedBySns,
} from '../support/queue-world.ts'
import { recordsText, trailRecord } from '../support/trail-records.ts'

let world: QueueWorld
let store = ''
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey)
  world = await queueWorld()
  store = join(temporaryFolder(), 'watch.db')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await world.stop()
})

async function drain() {
  const queue = ['--queue', world.queueUrl, '--endpoint-url', world.endpointUrl]
  const args = ['watch', ...queue, '--region', 'us-east-1', '--store', store, '--until-empty']
  const { code, out, err } = await commandLine([...args, '--json'])
  const { ingest, messages } = JSON.parse(out).report
  return { code, err, messages, ...ingest }
}

describe('calls that EventBridge puts into a queue', () => {
  it('are counted in batches, of every kind and however they are wrapped', async () => {
    for (let at = 0; at < 23; at++) await world.send(callEvent(trailRecord(at)))
    const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' }
    await world.send(callEvent(trailRecord(23, signIn), 'AWS Console Sign In via CloudTrail'))
    await world.send(wrappedBySns(callEvent(trailRecord(24), 'AWS Service Event via CloudTrail')))
    const { tally, messages, objects, code } = await drain()
    expect([code, tally]).toMatchObject([0, { counted: 25, duplicate: 0, rejected: 0 }])
    expect(messages).toMatchObject({ received: 25, deleted: 25, left: 0 })
    expect(objects).toMatchObject({ done: 3, failed: 0 })
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('are counted once with the file that holds them too, whichever comes first', async () => {
    const texts = [0, 1, 2, 3].map((at) => JSON.stringify(trailRecord(at)))
    for (const at of [0, 1]) await world.send(callEvent(trailRecord(at)))
    await drain()
    await world.send(s3Event(await world.put('logs/a.json', recordsText(...texts))))
    expect((await drain()).tally).toMatchObject({ counted: 2, duplicate: 2 })
    for (const at of [2, 3, 4]) await world.send(callEvent(trailRecord(at)))
    expect((await drain()).tally).toMatchObject({ counted: 1, duplicate: 2 })
  })

  it('are counted once when they come again, alone or in other company', async () => {
    for (const at of [0, 1, 0]) await world.send(callEvent(trailRecord(at)))
    expect((await drain()).tally).toMatchObject({ counted: 2, duplicate: 1 })
    for (const at of [0, 1, 0]) await world.send(callEvent(trailRecord(at)))
    expect((await drain()).objects).toMatchObject({ done: 0, unchanged: 1 })
    for (const at of [1, 2]) await world.send(callEvent(trailRecord(at)))
    expect((await drain()).tally).toMatchObject({ counted: 1, duplicate: 1 })
  })

  it('are counted to whom they were delivered, where the record does not say it', async () => {
    const { recipientAccountId: _, ...record } = trailRecord(0, {
      userIdentity: { type: 'AWSAccount', accountId: '999988887777' },
    })
    await world.send(callEvent(record))
    await drain()
    const { out } = await commandLine(['series', '--store', store, '--json'])
    expect(out).toContain('111122223333')
    expect(out).not.toContain('999988887777')
  })

  it('lie beside Insight records, which are skipped, and said', async () => {
    const insight = { eventType: 'AwsCloudTrailInsight', eventCategory: 'Insight' }
    await world.send(callEvent(trailRecord(0, insight), 'AWS Insight via CloudTrail'))
    await world.send(callEvent(trailRecord(1)))
    const { tally, err } = await drain()
    expect(tally).toMatchObject({ read: 2, counted: 1, insights: 1 })
    expect(err).toContain('1 Insight records, not counted')
  })

  it('are counted beside poison, which goes to the quarantine', async () => {
    await world.send('hello')
    await world.send({ ...callEvent({}), detail: 'no record' })
    await world.send({ ...callEvent(trailRecord(0)), source: 'mallory' })
    await world.send(callEvent({ eventID: 7, __proto__: null }))
    await world.send(callEvent(trailRecord(1)))
    const { tally, objects, messages, code } = await drain()
    expect(tally).toMatchObject({ counted: 1, rejected: 1 })
    expect(objects).toMatchObject({ done: 1, failed: 3 })
    expect([code, messages]).toMatchObject([3, { received: 5, deleted: 5 }])
    const { out } = await commandLine(['quarantine', '--store', store])
    expect(out).toContain('it is an event of mallory, not of AWS')
  })

  it('leave nothing beside the store', async () => {
    await world.send(callEvent(trailRecord(0)))
    await drain()
    expect(readdirSync(join(store, '..')).filter((name) => !name.includes('.db'))).toEqual([])
  })
})
