import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { VerdictKind } from '../../../../../src/source/digest/verdict.ts'
import {
  HOUR_MS,
  makeSigner,
  makeTrail,
  START_MS,
  type Trail,
} from '../../../../support/digest-chain.ts'
import {
  digestOf,
  edited,
  logOf,
  withFile,
  withMetadata,
  without,
} from '../../../../support/tampering.ts'
import { verified } from '../../../../support/verify-world.ts'

const signer = makeSigner()
const trailWith = (hours: number): Trail => makeTrail({ signer, objects: new Map() }).hours(hours)

interface Tampering {
  readonly title: string
  readonly tamper: (trail: Trail) => unknown
  readonly found: readonly VerdictKind[]
  readonly hours: readonly string[]
}

const appended = (body: Buffer): Buffer =>
  Buffer.concat([body, gzipSync('{"Records":[{"eventName":"Forged"}]}')])
const cases: readonly Tampering[] = [
  {
    title: 'a second gzip member appended to a log',
    tamper: (trail) => withFile(trail, logOf(trail, 4), appended),
    ...{ found: ['trailing-data'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'an empty gzip member appended to a log',
    tamper: (trail) =>
      withFile(trail, logOf(trail, 4), (body) => Buffer.concat([body, gzipSync('')])),
    ...{ found: ['trailing-data'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'bytes after a zero byte at the end of a log',
    tamper: (trail) =>
      withFile(trail, logOf(trail, 4), (body) => Buffer.concat([body, Buffer.from('\0{}')])),
    ...{ found: ['trailing-data'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'the gzip trailer of a log cut off',
    tamper: (trail) => withFile(trail, logOf(trail, 4), (body) => body.subarray(0, -8)),
    ...{ found: ['damaged-log'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a log added that no digest names',
    tamper: (trail) => trail.addLog(START_MS + 2.5 * HOUR_MS),
    ...{ found: ['unreferenced-log'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a file added under a name CloudTrail gives none',
    tamper: (trail) =>
      trail.objects.set(logOf(trail, 4).replace(/[^/]+$/, 'more.json'), {
        ...{ body: Buffer.from('{"Records":[]}'), metadata: {} },
      }),
    ...{ found: ['unreferenced-log'], hours: ['0-6'] },
  },
  {
    title: 'the newest two digests deleted',
    tamper: (trail) => {
      without(trail, digestOf(trail, -1))
      without(trail, digestOf(trail, -2))
    },
    ...{ found: ['stale', 'uncovered-logs'], hours: ['0-4'] },
  },
  {
    title: 'the metadata naming another algorithm',
    tamper: (trail) => withMetadata(trail, 2, { 'signature-algorithm': 'SHA1withRSA' }),
    ...{ found: ['unknown-algorithm'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a log altered',
    tamper: (trail) =>
      withFile(trail, logOf(trail, 4), (body) => edited(body, 'RunInstances', 'GetRole')),
    ...{ found: ['altered-log'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a log deleted',
    tamper: (trail) => without(trail, logOf(trail, 4)),
    ...{ found: ['missing-log'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a digest altered',
    tamper: (trail) =>
      withFile(trail, digestOf(trail, 2), (body) => edited(body, '"logFiles"', '"other"')),
    ...{ found: ['malformed-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a log struck from its digest',
    tamper: (trail) =>
      withFile(trail, digestOf(trail, 2), (body) =>
        edited(body, '"logFiles":[{', '"logFiles":[],"other":[{'),
      ),
    ...{ found: ['altered-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a digest deleted from the middle',
    tamper: (trail) => without(trail, digestOf(trail, 2)),
    ...{ found: ['missing-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a digest replaced by one of another chain, as well signed',
    tamper: (trail) => {
      const other = trailWith(0).hours(3, { logs: 1 })
      const key = digestOf(trail, 2)
      trail.objects.set(key, other.held(key))
    },
    ...{ found: ['altered-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a digest under the name of another',
    tamper: (trail) => trail.objects.set(digestOf(trail, 2), trail.held(digestOf(trail, 1))),
    ...{ found: ['moved-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a signature replaced by another',
    tamper: (trail) =>
      withMetadata(trail, 2, {
        signature: trail.held(digestOf(trail, 1)).metadata['signature'] ?? '',
      }),
    ...{ found: ['altered-digest'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a signature in capitals, which CloudTrail never writes',
    tamper: (trail) =>
      withMetadata(trail, -1, {
        signature: (trail.held(digestOf(trail, -1)).metadata['signature'] ?? '').toUpperCase(),
      }),
    ...{ found: ['altered-digest'], hours: ['0-5'] },
  },
  {
    title: 'the metadata of the newest digest gone',
    tamper: (trail) => {
      trail.held(digestOf(trail, -1)).metadata = {}
    },
    ...{ found: ['unsigned'], hours: ['0-5'] },
  },
  {
    title: 'a digest with bytes after its gzip data',
    tamper: (trail) => withFile(trail, digestOf(trail, 2), appended),
    ...{ found: ['malformed-digest', 'uncovered-logs'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a digest by an unknown key put behind the newest',
    tamper: (trail) => trail.digest({ signer: makeSigner() }),
    ...{ found: ['unknown-key'], hours: ['0-6'] },
  },
  {
    title: 'a backfill altered',
    tamper: (trail) => {
      const { key } = trail.backfill(3)
      withFile(trail, key, (body) => edited(body, '"awsAccountId":"1', '"awsAccountId":"2'))
    },
    ...{ found: ['altered-digest'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'a log of a backfill deleted',
    tamper: (trail) => without(trail, trail.backfill(3).log),
    ...{ found: ['missing-log'], hours: ['0-2', '3-6'] },
  },
  {
    title: 'every digest deleted',
    tamper: (trail) => {
      for (const key of trail.digestKeys) without(trail, key)
    },
    ...{ found: ['stale', 'uncovered-logs'], hours: [] },
  },
]

describe('verifyArchive, of what was tampered with', () => {
  it.each(cases)('catches $title', async ({ tamper, found, hours }) => {
    const trail = trailWith(6)
    tamper(trail)
    expect(await verified(trail)).toMatchObject({ ok: false, found, hours })
  })

  it('vouches for no log of a digest it does not believe', async () => {
    const trail = withMetadata(trailWith(6), 2, { signature: 'ab'.repeat(256) })
    const { unverifiedCount, valid } = await verified(trail)
    expect({ unverifiedCount, valid }).toEqual({ unverifiedCount: 2, valid: [5, 10] })
  })

  it('knows no key shorter than 2048 bits', async () => {
    const weak = makeSigner({ bits: 1024 })
    await expect(verified(trailWith(1), { signers: [weak] })).rejects.toThrow(/no list of RSA/)
  })
})
