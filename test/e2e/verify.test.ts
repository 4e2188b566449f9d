import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  HOUR_MS,
  keyList,
  makeSigner,
  makeTrail,
  START_MS,
  writeCopy,
} from '../support/digest-chain.ts'
import { ended, place } from '../support/offtrail.ts'
import { edited, logOf, withFile } from '../support/tampering.ts'
import { CREDENTIALS, trailBuckets } from '../support/trail-bucket.ts'

const { start, path } = place()
const [signer, rotated] = [makeSigner(), makeSigner()]
const trailIn = (bucket: string) => makeTrail({ signer, objects: new Map(), bucket })
const timeText = (hours: number): string => new Date(START_MS + hours * HOUR_MS).toISOString()

let buckets: Awaited<ReturnType<typeof trailBuckets>>
const before = { ...process.env }
beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS)
  writeFileSync(path('keys.json'), keyList(signer, rotated))
  buckets = await trailBuckets()
})
afterAll(async () => {
  process.env = before
  await buckets.stop()
})

const verify = (...args: readonly string[]) =>
  ended(start(['verify', ...args, '--public-keys', path('keys.json')]))

describe('offtrail verify', () => {
  it('proves a copy in a folder, and says what a copy without metadata cannot show', async () => {
    const trail = trailIn('copied').hours(6)
    writeCopy(path('copy'), trail.objects, { withMetadata: true })
    writeCopy(path('bare'), trail.objects, { withMetadata: false })
    const whole = await verify(path('copy'), '--to', timeText(6), '--json')
    expect(whole.code).toBe(0)
    expect(JSON.parse(whole.out)).toMatchObject({
      ...{ ok: true, digestCount: 6, logCount: 12, verdicts: [] },
      proven: [{ account: '111122223333', region: 'eu-west-1', hourCount: 6 }],
    })
    expect(whole.err).toContain('Valid    6 of 6 digests, 12 of 12 logs')
    const bare = await verify(path('bare', 'AWSLogs'), '--to', timeText(6), '--json')
    expect(bare.code).toBe(1)
    const { verdicts, proven } = JSON.parse(bare.out)
    expect(verdicts[0]).toMatchObject({
      kind: 'unsigned',
      remedy: expect.stringMatching(/head-obj/),
    })
    expect(proven).toMatchObject([{ hourCount: 5 }])
    expect((await verify(path('bare'), '--to', timeText(5), '-q')).code).toBe(0)
  })

  it('proves a bucket, and tells which file in it was altered', async () => {
    const trail = trailIn('proven').hours(4)
    await buckets.put(trail)
    const options = ['--to', timeText(4), '--endpoint-url', buckets.url]
    const good = await verify('s3://proven', ...options)
    expect(good).toMatchObject({ code: 0 })
    const last = JSON.parse(good.out.trim().split('\n').at(-1) ?? '')
    expect(last).toMatchObject({ type: 'summary', ok: true, digestCount: 4, logCount: 8 })
    const all = await verify('s3://proven', ...options, '--all')
    expect(all.out.match(/"kind":"valid-(digest|log)"/g)).toHaveLength(12)
    const bad = trailIn('altered').hours(4)
    withFile(bad, logOf(bad, 3), (body) => edited(body, 'RunInstances', 'GetRole'))
    await buckets.put(bad)
    const { code, out } = await verify('s3://altered', ...options, '--format', 'table')
    expect(code).toBe(1)
    expect(out).toMatch(/^altered-log .*_CloudTrail_eu-west-1_20260302T0110Z_/m)
    expect(out).toMatch(/^altered-log: restore the version/m)
    expect(out).toMatch(/^111122223333 .*03-02 02:00 {2}03-02 04:00 +2$/m)
  })

  it('ends with 2 where there is nothing to verify', async () => {
    expect(await verify('lookup://eu-west-1')).toMatchObject({ code: 2 })
    expect(await verify(path('none'))).toMatchObject({ code: 2 })
    expect(await verify('s3://none', '--endpoint-url', buckets.url)).toMatchObject({ code: 2 })
    expect(await verify(path('copy'), '--account', '999999999999')).toMatchObject({ code: 2 })
    expect(await verify(path('copy'), '--from', 'now', '--to', '1d')).toMatchObject({ code: 2 })
  })
})

const python = ['/usr/bin/python3', 'python3'].find(
  (each) =>
    spawnSync(each, ['-c', 'import awscli.botocore, awscli.customizations.cloudtrail.validation'])
      .status === 0,
)

// Where no Python has version 2 of awscli (Debian's package) there is nothing to run.
describe.skipIf(python === undefined)("awscli's validate-logs", () => {
  const script = fileURLToPath(new URL('../support/verify-in-awscli.py', import.meta.url))
  const validate = (bucket: string, hours: number) =>
    ended(
      spawn(python ?? '', [
        ...[
          script,
          buckets.url,
          bucket,
          'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main_trail',
        ],
        ...[timeText(0), timeText(hours), path('keys.json')],
      ]),
    )
  const chains = [
    { title: 'a chain', make: () => trailIn('chain').hours(5), digests: 5, logs: 10 },
    {
      title: 'hours without logs',
      make: () => trailIn('empty').hours(2).hours(2, { logs: 0 }).hours(1),
      ...{ digests: 5, logs: 6 },
    },
    {
      title: 'a rotation of keys',
      make: () => trailIn('rotated').hours(2).hours(2, { signer: rotated }),
      ...{ digests: 4, logs: 8 },
    },
    {
      title: 'a gap',
      make: () =>
        trailIn('gap')
          .hours(2)
          .digest({ isStart: true, endMs: START_MS + 6 * HOUR_MS }),
      ...{ digests: 3, logs: 6 },
    },
  ]

  it.each(chains)('agrees about $title', async ({ make, digests, logs }) => {
    const trail = make()
    await buckets.put(trail)
    const hours = (trail.endMs() - START_MS) / HOUR_MS
    const theirs = await validate(trail.bucket, hours)
    expect(theirs).toMatchObject({ code: 0 })
    expect(theirs.out).toContain(`${digests}/${digests} digest files valid`)
    expect(theirs.out).toContain(`${logs}/${logs} log files valid`)
    const options = ['--to', timeText(hours), '--endpoint-url', buckets.url, '--json']
    const ours = await verify(`s3://${trail.bucket}`, ...options)
    expect(ours.code).toBe(0)
    expect(JSON.parse(ours.out)).toMatchObject({ digestCount: digests, logCount: logs })
  })

  it('refuses a log that was altered, as we do', async () => {
    const trail = trailIn('refused').hours(3)
    withFile(trail, logOf(trail, 3), (body) => edited(body, 'RunInstances', 'GetRole'))
    await buckets.put(trail)
    const { code, err } = await validate('refused', 3)
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/hash value doesn't match/),
    })
  })
})
