import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { incidentFrom } from '../../src/insight/incident.ts'
import { sns } from '../../src/sink/aws/sns.ts'
import { awsConfig } from '../../src/source/aws/client.ts'
import { takenRole } from '../../src/source/aws/role.ts'
import { awsFront, OWN_KEY, ROLE, ROLE_KEY } from '../support/aws-front.ts'
import { anInsight } from '../support/insights.ts'
import { commandLine } from '../support/offtrail.ts'
import { dayText, temporaryFolder, written } from '../support/pipeline-world.ts'
import { type QueueWorld, queueWorld, s3Event } from '../support/queue-world.ts'
import { aWorld, receiver } from '../support/receiver.ts'

let world: QueueWorld
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', OWN_KEY)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  world = await queueWorld()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await world.stop()
})

const store = (): readonly string[] => ['--store', `${temporaryFolder()}/role.db`, '--quiet']
const role = ['--role-arn', ROLE.arn, '--external-id', ROLE.externalId]
const assumed = {
  Action: 'AssumeRole',
  Version: '2011-06-15',
  RoleArn: ROLE.arn,
  RoleSessionName: 'offtrail',
  ExternalId: ROLE.externalId,
}

describe('--role-arn', () => {
  it('has a bucket read by the keys of the role', async () => {
    const front = await awsFront(world.endpointUrl)
    await world.put('logs/one.json', dayText(0))
    const door = ['--endpoint-url', front.url, ...role]
    const { code, err } = await commandLine(['run', 's3://trail/logs', ...door, ...store()])
    expect([code, err]).toEqual([0, ''])
    expect(front.asked).toEqual([assumed])
    expect(front.forwarded.length).toBeGreaterThan(1)
    for (const one of front.forwarded)
      expect(one).toEqual({ service: 's3', keyId: ROLE_KEY, token: 'token-of-the-role' })
  })

  it('has a queue and what it announces read by the keys of the role', async () => {
    const front = await awsFront(world.endpointUrl)
    await world.send(s3Event(await world.put('logs/one.json', dayText(0))))
    const queue = ['--queue', world.queueUrl, '--region', 'us-east-1', '--until-empty']
    const door = ['--endpoint-url', front.url, ...role]
    const { code } = await commandLine(['watch', ...queue, ...door, ...store()])
    expect(code).toBe(0)
    expect(new Set(front.forwarded.map(({ service }) => service))).toEqual(new Set(['sqs', 's3']))
    expect(new Set(front.forwarded.map(({ keyId }) => keyId))).toEqual(new Set([ROLE_KEY]))
  })

  it('has events looked up by the keys of the role, whose account they are of', async () => {
    const cloudtrail = await receiver(() => ({ body: '{"Events":[]}' }))
    const front = await awsFront(cloudtrail.url)
    const span = ['--from', '2026-05-31T22:00:00Z', '--to', '2026-05-31T23:00:00Z']
    const door = ['--endpoint-url', front.url, ...role]
    const run = ['run', 'lookup://eu-west-1', ...span, ...door, '--json', ...store()]
    const { code } = await commandLine(run)
    expect(code).toBe(0)
    expect(front.forwarded).toEqual([expect.objectContaining({ keyId: ROLE_KEY })])
  })

  it('has verify look with the keys of the role', async () => {
    const front = await awsFront(world.endpointUrl)
    const door = ['--endpoint-url', front.url, ...role]
    const { err } = await commandLine(['verify', 's3://trail', ...door])
    expect(err).toContain('there is no folder AWSLogs in s3://trail')
    expect(front.forwarded[0]).toMatchObject({ service: 's3', keyId: ROLE_KEY })
  })

  it('asks STS where AWS_ENDPOINT_URL_STS says, and the rest where --endpoint-url does', async () => {
    const front = await awsFront('http://127.0.0.1:1')
    await world.put('logs/one.json', dayText(0))
    const door = ['--endpoint-url', world.endpointUrl, ...role]
    const { code } = await commandLine(['run', 's3://trail/logs', ...door, ...store()], {
      variable: (name) => (name === 'AWS_ENDPOINT_URL_STS' ? front.url : undefined),
    })
    expect([code, front.asked, front.forwarded]).toEqual([0, [assumed], []])
  })
})

describe('a role that cannot be taken', () => {
  it('says who was refused which role, and what to do', async () => {
    const front = await awsFront(world.endpointUrl)
    const door = ['--endpoint-url', front.url, '--role-arn', ROLE.arn, '--external-id', 'other']
    const { code, err } = await commandLine(['run', 's3://trail/logs', ...door, ...store()])
    expect([code, err]).toEqual([
      6,
      expect.stringContaining(
        `AWS did not let arn:aws:iam::111122223333:user/anna take the role ${ROLE.arn} (AccessDenied: no): the role's trust policy must allow sts:AssumeRole`,
      ),
    ])
    expect(front.forwarded).toEqual([])
  })

  it('says so where there are no credentials to take it with', async () => {
    const front = await awsFront(world.endpointUrl)
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    const door = ['--endpoint-url', front.url, '--profile', 'no-such-profile', ...role]
    const { code, err } = await commandLine(['run', 's3://trail/logs', ...door, ...store()])
    expect([code, err]).toEqual([6, expect.stringContaining('no credentials to take the role')])
  })

  it('says so where STS does not answer', async () => {
    const patience = { tries: 1, connectMs: 1000, answerMs: 1000 }
    const door = { endpointUrl: 'http://127.0.0.1:1', roleArn: ROLE.arn, patience }
    const taking = takenRole(door)()
    await expect(taking).rejects.toMatchObject({ name: 'Fault', code: 'AWS_UNREACHABLE' })
  })

  it.each([
    [
      ['--role-arn', 'trail-reader'],
      "takes the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME, not 'tr",
    ],
    [['--role-arn', ROLE.arn, '--external-id', 'a b'], '--external-id takes 2 to 1224 letters'],
    [['--external-id', 'abc'], '--external-id is for a role: give --role-arn as well'],
  ])('refuses %s', async (flags, words) => {
    const { code, err } = await commandLine(['run', 's3://trail', ...flags, ...store()])
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  })
})

describe('a role that was taken', () => {
  it('is taken again shortly before its keys expire, and not before', async () => {
    const front = await awsFront(world.endpointUrl)
    let nowMs = Date.now()
    const door = { endpointUrl: front.url, roleArn: ROLE.arn, externalId: ROLE.externalId }
    const keys = takenRole(door, () => nowMs)
    const { accountId } = await keys()
    nowMs += 54 * 60_000
    await keys()
    expect([accountId, front.asked.length]).toEqual(['444455556666', 1])
    nowMs += 2 * 60_000
    await keys()
    expect(front.asked).toHaveLength(2)
  })

  it('signs what a sink publishes, and is taken once for all messages', async () => {
    const front = await awsFront(world.endpointUrl)
    const { topicArn } = world.server.createTopic('alerts', { region: 'eu-west-1' })
    const settings = { name: 'topic', type: 'sns', topicArn, endpointUrl: front.url } as const
    const asRole = { ...settings, roleArn: ROLE.arn, externalId: ROLE.externalId }
    const incident = incidentFrom('i', [anInsight({})])
    const topic = sns(asRole, aWorld())
    for (const id of ['a', 'b']) await topic.send({ id, kind: 'started', incident }, null)
    expect(front.asked).toHaveLength(1)
    expect(front.forwarded.map(({ keyId }) => keyId)).toEqual([ROLE_KEY, ROLE_KEY])
    const other = sns({ ...asRole, externalId: 'other' }, aWorld())
    await expect(other.send({ id: 'c', kind: 'started', incident }, null)).rejects.toMatchObject({
      ...{ name: 'SinkFailure', about: 'place' },
      message: expect.stringContaining('take the role'),
    })
  })

  it('is not asked for where none is named', () => {
    expect(awsConfig({ region: 'eu-west-1' })).not.toHaveProperty('credentials')
  })
})

it('roles of sinks are checked in a settings file', async () => {
  const sink = 'name: topic, type: sns, topicArn: "arn:aws:sns:eu-west-1:111122223333:alerts"'
  const file = written(
    `${temporaryFolder()}/offtrail.yaml`,
    `sinks:\n  - { ${sink}, externalId: abc }\n`,
  )
  const { out } = await commandLine(['config', 'validate', file])
  expect(out).toContain(':2: sinks.0: takes externalId with roleArn alone')
})
