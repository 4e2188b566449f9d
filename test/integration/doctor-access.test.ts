import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Finding } from '../../src/base/finding.ts'
import { formatObjectName } from '../../src/source/object-name.ts'
import { awsFront, OWN_KEY, ROLE } from '../support/aws-front.ts'
import { commandLine } from '../support/offtrail.ts'
import { dayText, temporaryFolder, written } from '../support/pipeline-world.ts'
import { type QueueWorld, queueWorld } from '../support/queue-world.ts'
import { type Reply, receiver } from '../support/receiver.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Date.UTC(2026, 5, 1)
const date = new Date(NOW_MS)

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

/** What doctor finds of a check, its exit code, and what else it said. */
async function finds(check: string, args: readonly string[]) {
  const store = ['--store', `${temporaryFolder()}/none.db`]
  const { code, out, err } = await commandLine(['doctor', '--json', ...store, ...args])
  const { findings = [] } = out === '' ? {} : JSON.parse(out)
  const found = findings.filter((one: Finding) => one.check === check)
  return { code, err, found: found as readonly Finding[], findings: findings as readonly Finding[] }
}

const keyAt = (ageHours: number): string =>
  formatObjectName(
    {
      ...{ account: '111122223333', region: 'eu-west-1', folder: 'CloudTrail' },
      stampMs: NOW_MS - ageHours * HOUR_MS,
    },
    { suffix: 'AbCdEfGhIjKlMnOp', prefix: '' },
  )

describe('doctor asks who asks', () => {
  it('and says so, as well as of a role, with the clock', async () => {
    const front = await awsFront(world.endpointUrl, { date })
    const bucket = ['s3://trail', '--endpoint-url', front.url]
    expect(await finds('credentials', bucket)).toMatchObject({
      found: [{ state: 'ok', words: 'they are arn:aws:iam::111122223333:user/anna' }],
    })
    const role = ['--role-arn', ROLE.arn, '--external-id', ROLE.externalId]
    const { found, findings } = await finds('credentials', [...bucket, ...role])
    expect(found).toMatchObject([
      {
        ...{ state: 'ok', place: ROLE.arn },
        words: 'they are arn:aws:sts::444455556666:assumed-role/trail-reader/offtrail',
      },
    ])
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({ state: 'ok' })
  })

  it('and says what a refused role needs, and that keys are not known', async () => {
    const front = await awsFront(world.endpointUrl, { date })
    const bucket = ['s3://trail', '--endpoint-url', front.url]
    const refused = await finds('credentials', [...bucket, '--role-arn', ROLE.arn])
    expect([refused.code, refused.found]).toMatchObject([
      3,
      [{ state: 'fail', words: expect.stringContaining("the role's trust policy must allow") }],
    ])
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDUNKNOWN')
    const unknown = await finds('credentials', bucket)
    expect([unknown.code, unknown.found]).toMatchObject([
      3,
      [
        {
          state: 'fail',
          words: 'the credentials do not count (InvalidClientTokenId: no)',
        },
      ],
    ])
  })

  it('and nobody where no AWS is to be asked', async () => {
    const { found, code } = await finds('credentials', [temporaryFolder()])
    expect([code, found]).toEqual([0, []])
  })

  it('where something else stands in the place of STS, doubts no credentials', async () => {
    const { url } = await receiver(() => ({ status: 400, body: '{"message":"no such action"}' }))
    const { found } = await finds('credentials', ['s3://trail', '--endpoint-url', url])
    expect(found).toMatchObject([
      { state: 'warn', remedy: 'let AWS_ENDPOINT_URL_STS say where STS is' },
    ])
  })

  it.each([
    [59, 'ok'],
    [-90, 'warn'],
    [301, 'fail'],
  ])('and finds a clock %s s ahead: %s', async (seconds, state) => {
    const their = new Date(NOW_MS - seconds * 1000)
    const front = await awsFront(world.endpointUrl, { date: their })
    const { found } = await finds('clock', ['s3://trail', '--endpoint-url', front.url])
    const words = `it is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} that of AWS`
    expect(found).toMatchObject([{ state, words }])
  })
})

describe('doctor looks at a bucket', () => {
  const at = async (args: readonly string[]) => {
    const front = await awsFront(world.endpointUrl, { date })
    return finds('list', [...args, '--endpoint-url', front.url])
  }

  it('and reads the beginning of a new file', async () => {
    await world.put(keyAt(5), dayText(0))
    const { code, found, findings } = await at(['s3://trail'])
    expect([code, found]).toMatchObject([0, [{ state: 'ok', place: 's3://trail' }]])
    const read = findings.find(({ check }) => check === 'read')
    expect(read).toMatchObject({ state: 'ok', words: `${keyAt(5)} can be read` })
  })

  it('and doubts one to which nothing was delivered for days, or that is empty', async () => {
    const empty = await at(['s3://trail/AWSLogs'])
    expect([empty.code, empty.found]).toMatchObject([
      0,
      [{ state: 'warn', remedy: 'name the prefix that holds AWSLogs' }],
    ])
    await world.put(keyAt(24 * 5), dayText(0))
    expect((await at(['s3://trail'])).found).toMatchObject([
      { state: 'warn', words: 'nothing was delivered in the last 2 days' },
    ])
  })

  it('and says that there is none', async () => {
    const { code, found } = await at(['s3://nowhere'])
    expect([code, found]).toMatchObject([
      3,
      [{ state: 'fail', words: expect.stringContaining('NoSuchBucket') }],
    ])
  })

  /** S3 that lists one file, and answers all else as told. */
  async function bucketWith(answers: { readonly list?: Reply; readonly read?: Reply }) {
    const listed = `<ListBucketResult><Contents><Key>${keyAt(5)}</Key><ETag>"a"</ETag><Size>9</Size></Contents></ListBucketResult>`
    const { url } = await receiver(({ path }) =>
      path.includes('list-type') ? (answers.list ?? { body: listed }) : (answers.read ?? {}),
    )
    const front = await awsFront(url, { date })
    return finds('list', ['s3://trail/a', '--endpoint-url', front.url])
  }
  const refusal = (code: string, message: string): Reply => ({
    ...{ status: 403, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` },
  })

  it('and names the action that is refused, or the key of KMS', async () => {
    const list = await bucketWith({ list: refusal('AccessDenied', 'Access Denied') })
    expect([list.code, list.found]).toMatchObject([
      3,
      [{ state: 'fail', remedy: 'allow s3:ListBucket' }],
    ])
    const read = await bucketWith({ read: refusal('AccessDenied', 'Access Denied') })
    expect(read.findings).toContainEqual(
      expect.objectContaining({ check: 'read', state: 'fail', remedy: 'allow s3:GetObject' }),
    )
    const message = 'User: anna is not authorized to perform: kms:Decrypt on resource: key'
    const kms = await bucketWith({ read: refusal('AccessDenied', message) })
    expect(kms.findings).toContainEqual(
      expect.objectContaining({
        ...{ check: 'read', state: 'fail' },
        words: expect.stringContaining('the key that encrypts it is refused'),
        remedy: expect.stringContaining('allow kms:Decrypt on that key'),
      }),
    )
  })
})

describe('doctor looks at a queue', () => {
  const at = async (endpointUrl: string) => {
    const front = await awsFront(endpointUrl, { date })
    return finds('queue', [
      '--queue',
      world.queueUrl,
      '--endpoint-url',
      front.url,
      '--region',
      'us-east-1',
    ])
  }

  it('and counts what waits in it, receiving nothing', async () => {
    await world.send('hello')
    const { code, found } = await at(world.endpointUrl)
    expect([code, found]).toMatchObject([
      0,
      [{ state: 'ok', words: 'messages waiting: 1, in hand: 0' }],
    ])
    expect(world.messages()).toMatchObject({ ready: [expect.anything()], inflight: [] })
  })

  it('and says that there is none, or doubts where it may not look', async () => {
    const json = (status: number, type: string): Reply => ({
      ...{ status, body: JSON.stringify({ __type: type, message: 'no' }) },
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    })
    const gone = await receiver(() => json(400, 'com.amazonaws.sqs#QueueDoesNotExist'))
    expect(await at(gone.url)).toMatchObject({ code: 3, found: [{ state: 'fail' }] })
    const shut = await receiver(() => json(403, 'com.amazonaws.sqs#AccessDeniedException'))
    expect(await at(shut.url)).toMatchObject({
      ...{ code: 0 },
      found: [
        { state: 'warn', remedy: 'allow sqs:GetQueueAttributes, which doctor alone asks for' },
      ],
    })
  })
})

describe('doctor looks up an event', () => {
  it.each([
    [{ body: '{"Events":[]}' }, 'ok', null],
    [
      { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' },
      'fail',
      'allow cloudtrail:LookupEvents',
    ],
    [
      { status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' },
      'warn',
      'try again later',
    ],
  ])('answered %j: %s', async (reply, state, remedy) => {
    const { url, received } = await receiver(() => reply)
    const front = await awsFront(url, { date })
    const { found } = await finds('lookup', ['lookup://eu-west-1', '--endpoint-url', front.url])
    expect(found).toMatchObject([{ place: 'lookup://eu-west-1', state, remedy }])
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ MaxResults: 1 })
  })
})

describe('doctor looks at what is here', () => {
  it('files and folders', async () => {
    const folder = temporaryFolder()
    expect((await finds('files', [folder])).found).toMatchObject([{ state: 'warn' }])
    written(`${folder}/one.json`, '{}')
    expect((await finds('files', [folder])).found).toMatchObject([{ state: 'ok', place: folder }])
    const missing = await finds('files', [`${folder}/no`])
    expect([missing.code, missing.found]).toMatchObject([3, [{ state: 'fail' }]])
  })

  it('the version of Node.js, and refuses what it cannot look at', async () => {
    const folder = temporaryFolder()
    const of = async (nodeVersion: string) => {
      const { out } = await commandLine(['doctor', folder, '--quiet'], { nodeVersion })
      return out.split('\n')
    }
    expect(await of('24.0.1')).toContain('ok      node: Node.js 24.0.1')
    expect(await of('20.18.9')).toContain(
      'FAILED  node: Node.js 20.18.9 is too old -> install 20.19.0 or newer',
    )
    for (const odd of ['-', 'lookup:eu', 'lookup://EU'])
      expect(await finds('node', [odd])).toMatchObject({ code: 2 })
  })
})
