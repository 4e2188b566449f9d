import { chmodSync, mkdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Finding } from '../../src/base/finding.ts'
import { awsFront, OWN_KEY, ROLE } from '../support/aws-front.ts'
import { commandLine } from '../support/offtrail.ts'
import { temporaryFolder, writeDays, written } from '../support/pipeline-world.ts'
import { type QueueWorld, queueWorld } from '../support/queue-world.ts'
import { receiver } from '../support/receiver.ts'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', OWN_KEY)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_REGION', 'eu-west-1')
})
afterEach(() => vi.unstubAllEnvs())

const config = (sink: string): string =>
  written(`${temporaryFolder()}/offtrail.yaml`, `sinks:\n  - { name: one, ${sink} }\n`)
const LOCAL = 'allowHttp: true, allowPrivate: true'

/** What doctor finds of the one sink of a settings file. */
async function finds(
  file: string,
  variable: (name: string) => string | undefined = () => undefined,
) {
  const store = ['--store', `${temporaryFolder()}/none.db`]
  const args = ['doctor', '--json', '-c', file, ...store]
  const { code, out } = await commandLine(args, { variable })
  const findings: readonly Finding[] = JSON.parse(out).findings
  return { code, out, findings, sink: findings.find(({ check }) => check === 'sink') }
}

describe('doctor looks at a webhook', () => {
  it('and connects, sending nothing', async () => {
    const { url, received, connections } = await receiver()
    const { code, sink } = await finds(config(`type: webhook, url: "${url}/hook", ${LOCAL}`))
    expect([code, sink]).toMatchObject([0, { state: 'ok', place: 'one' }])
    expect([connections(), received]).toEqual([1, []])
  })

  it.each([
    ['url: "https://127.0.0.1:1/"', 'is not a public address', 'mend its settings'],
    [`url: "http://127.0.0.1:1/", ${LOCAL}`, 'ECONNREFUSED', 'look at the name, the network'],
    ['url: "http://example.com/"', 'not over plain HTTP', 'mend its settings'],
    ['urlEnv: NONE', 'the environment variable NONE holds no secret', ''],
    [
      `url: "http://127.0.0.1:1/", ${LOCAL}, secret: { env: NONE }`,
      'the environment variable NONE holds no secret',
      '',
    ],
  ])('and says what is wrong with %s', async (settings, words, remedy) => {
    const { code, sink } = await finds(config(`type: webhook, ${settings}`))
    expect(code).toBe(3)
    expect(sink).toMatchObject({ state: 'fail', words: expect.stringContaining(words) })
    expect(sink?.remedy ?? '').toContain(remedy)
  })

  it('and refuses a secret that others may read, and prints none', async () => {
    const { url } = await receiver()
    const secret = written(`${temporaryFolder()}/url`, `${url}/hush`)
    chmodSync(secret, 0o600)
    const file = config(`type: webhook, urlFile: ${secret}, ${LOCAL}`)
    const good = await finds(file)
    expect([good.code, good.out.includes('hush')]).toEqual([0, false])
    chmodSync(secret, 0o604)
    expect(await finds(file)).toMatchObject({
      code: 3,
      sink: { state: 'fail', words: expect.stringContaining(`chmod 600 ${secret}`) },
    })
  })
})

describe('doctor looks at Slack', () => {
  it('and knocks at the hook, which may not be reached', async () => {
    const { url } = await receiver()
    const file = config(`type: slack, webhookUrl: { env: HOOK }, ${LOCAL}`)
    expect((await finds(file, () => `${url}/hush`)).sink).toMatchObject({ state: 'ok' })
    const gone = await finds(file, () => 'http://127.0.0.1:1/hush')
    expect(gone).toMatchObject({ code: 3, sink: { state: 'fail' } })
    expect(gone.out).not.toContain('hush')
  })

  it('and misses the token of a bot', async () => {
    const file = config('type: slack, token: { env: TOKEN }, channel: C1')
    expect(await finds(file)).toMatchObject({
      code: 3,
      sink: { state: 'fail', words: expect.stringContaining('variable TOKEN holds no secret') },
    })
  })
})

describe('doctor looks at a folder', () => {
  it('that is there or can be made, and at one that cannot be', async () => {
    const folder = temporaryFolder()
    const at = (path: string) => finds(config(`type: folder, path: "${path}"`))
    expect((await at(`${folder}/not/yet`)).sink).toMatchObject({ state: 'ok' })
    mkdirSync(`${folder}/shut`)
    written(`${folder}/file`, '')
    expect(await at(`${folder}/file/below`)).toMatchObject({
      code: 3,
      sink: { state: 'fail', remedy: 'look at its permissions' },
    })
  })
})

describe('doctor looks at sinks of AWS', () => {
  let world: QueueWorld
  beforeEach(async () => {
    world = await queueWorld()
  })
  afterEach(() => world.stop())
  const topic = (name: string, door: string) =>
    config(`type: sns, topicArn: "arn:aws:sns:eu-west-1:000000000000:${name}", ${door}`)
  const date = new Date(Date.UTC(2026, 5, 1))

  it('a topic that is there, as a role, and publishes nothing', async () => {
    world.server.createTopic('alerts', { region: 'eu-west-1' })
    const front = await awsFront(world.endpointUrl, { date })
    const role = `roleArn: "${ROLE.arn}", externalId: ${ROLE.externalId}`
    const { code, sink, findings } = await finds(
      topic('alerts', `endpointUrl: "${front.url}", ${role}`),
    )
    expect([code, sink]).toMatchObject([0, { state: 'ok' }])
    expect(findings.find(({ check }) => check === 'credentials')).toMatchObject({
      words: expect.stringContaining('assumed-role/trail-reader'),
    })
  })

  it('a bucket that is there, and one that is not', async () => {
    const front = await awsFront(world.endpointUrl, { date })
    const bucket = (name: string) =>
      finds(config(`type: s3, bucket: ${name}, region: us-east-1, endpointUrl: "${front.url}"`))
    expect(await bucket(world.bucket)).toMatchObject({ code: 0, sink: { state: 'ok' } })
    expect(await bucket('nowhere')).toMatchObject({
      ...{ code: 3, sink: { state: 'fail', words: expect.stringContaining('not there') } },
    })
  })

  it('a topic that is not', async () => {
    const front = await awsFront(world.endpointUrl, { date })
    expect(await finds(topic('nowhere', `endpointUrl: "${front.url}"`))).toMatchObject({
      code: 3,
      sink: { state: 'fail', words: expect.stringContaining('it is not there') },
    })
  })

  it.each([
    [200, {}, 'ok', 0],
    [400, { __type: 'ResourceNotFoundException', message: 'no' }, 'fail', 3],
    [400, { __type: 'AccessDeniedException', message: 'no' }, 'warn', 0],
  ])('a bus that answers %s %j: %s', async (status, body, state, code) => {
    const { url } = await receiver(({ headers }) =>
      headers['x-amz-target'] === 'AWSEvents.DescribeEventBus'
        ? { status, body: JSON.stringify(body) }
        : { status: 500 },
    )
    const front = await awsFront(url, { date })
    const file = config(`type: eventbridge, bus: alerts, endpointUrl: "${front.url}"`)
    expect(await finds(file)).toMatchObject({ code, sink: { state } })
  })
})

describe('doctor looks at what was delivered', () => {
  it('and doubts a sink that did not take what it was sent', async () => {
    const { url } = await receiver(() => ({ status: 500 }))
    const folder = temporaryFolder()
    const file = config(`type: webhook, url: "${url}", ${LOCAL}`)
    const store = ['--store', `${folder}/store.db`, '-c', file]
    const run = () => commandLine(['run', `${folder}/trail`, ...store, '--quiet'])
    const delivery = async () => {
      const { out } = await commandLine(['doctor', '--json', ...store])
      return JSON.parse(out).findings.find(({ check }: Finding) => check === 'delivery')
    }
    writeDays(`${folder}/trail`, { from: 0, until: 10 })
    await run()
    expect(await delivery()).toMatchObject({ state: 'ok', place: 'one' })
    writeDays(`${folder}/trail`, { from: 10, until: 12 }, (day) =>
      day === 10 ? [{ minute: 720, count: 300 }] : [],
    )
    await run()
    expect(await delivery()).toMatchObject({
      ...{ state: 'warn', remedy: 'offtrail sink test one says what comes back' },
      words: expect.stringMatching(
        /^messages waiting: 1, given up: 0; .*it said HTTP 500; .*send all: 1$/,
      ),
    })
  })
})
