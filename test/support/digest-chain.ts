import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Shelf } from '../../src/source/digest/shelf.ts'
import { formatObjectName } from '../../src/source/object-name.ts'

export const HOUR_MS = 3_600_000
/** When chains begin. */
export const START_MS = Date.UTC(2026, 2, 2)

/** A key that digests are signed with. */
export interface Signer {
  readonly privateKey: KeyObject
  readonly fingerprint: string
  /** As `list-public-keys` prints it. */
  readonly listed: Readonly<Record<string, string>>
}

/** An RSA key as CloudTrail's, its validity in days from the beginning of chains. */
export function makeSigner({ from = -30, until = 300, bits = 2048 } = {}): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const der = publicKey.export({ type: 'pkcs1', format: 'der' })
  const fingerprint = createHash('md5').update(der).digest('hex')
  const day = (days: number): string => new Date(START_MS + days * 24 * HOUR_MS).toISOString()
  return {
    ...{ privateKey, fingerprint },
    listed: {
      ...{ Value: der.toString('base64'), Fingerprint: fingerprint },
      ...{ ValidityStartTime: day(from), ValidityEndTime: day(until) },
    },
  }
}

export const keyList = (...signers: readonly Signer[]): string =>
  JSON.stringify({ PublicKeyList: signers.map(({ listed }) => listed) })

/** An object of a bucket. */
export interface Held {
  body: Buffer
  metadata: Record<string, string>
}

export interface DigestPlan {
  readonly logs?: number
  /** The content of the log of each five minutes, in place of a number of them; null: there is none. */
  readonly texts?: readonly (string | null)[]
  readonly signer?: Signer
  /** It knows no previous one. */
  readonly isStart?: boolean
  /** Another end of its time than an hour after the last one's. */
  readonly endMs?: number
  readonly changes?: Readonly<Record<string, unknown>>
}

type Link = {
  readonly bucket: string
  readonly key: string
  readonly sha256: string
  readonly signature: string
}

/** A bucket with a trail's digests and logs, hour by hour, as CloudTrail writes them. */
export function makeTrail({
  bucket = 'audit-logs',
  account = '111122223333',
  region = 'eu-west-1',
  trail = 'main_trail',
  prefix = '',
  organization = '',
  objects = new Map<string, Held>(),
  signer = makeSigner(),
  after = null as { lastLink(): Link | null; endMs(): number } | null,
} = {}) {
  const digestKeys: string[] = []
  const logKeys: string[] = []
  const last = {
    endMs: after?.endMs() ?? START_MS,
    link: after?.lastLink() ?? null,
    backfill: null as Link | null,
  }
  const above = [prefix, 'AWSLogs', organization, account].filter((part) => part !== '')
  const start = [...above, 'CloudTrail-Digest', region].join('/')
  let serial = 0

  const held = (key: string): Held => {
    const found = objects.get(key)
    if (found === undefined) throw new Error(`no object ${key}`)
    return found
  }

  const addLog = (stampMs: number, text = logText(stampMs, serial)): string => {
    const suffix = `Log${String(serial).padStart(13, '0')}`
    serial += 1
    const name = { account, region, folder: 'CloudTrail', stampMs }
    const key = formatObjectName(name, { prefix, organization, suffix })
    objects.set(key, { body: gzipSync(text), metadata: {} })
    return key
  }

  const write = (plan: DigestPlan, content: Content, end = ''): Link =>
    signedDigest(
      { ...content, bucket, account, region, trail, start, end, objects },
      { signer, ...plan },
    )

  const made = {
    ...{ bucket, prefix, account, region, trail, objects, signer },
    ...{ digestKeys, logKeys, addLog, held },
    /** When the newest digest ends. */
    endMs: () => last.endMs,
    lastLink: () => last.link,
    /** One more hour. */
    digest(plan: DigestPlan = {}) {
      const startMs = plan.endMs === undefined ? last.endMs : plan.endMs - HOUR_MS
      const endMs = plan.endMs ?? startMs + HOUR_MS
      const texts = plan.texts ?? Array.from({ length: plan.logs ?? 2 }, () => undefined)
      const logs = texts.flatMap((text, at) =>
        text === null ? [] : [addLog(startMs + (at + 1) * 300_000, text)],
      )
      const previous = plan.isStart ? null : last.link
      last.link = write(plan, { startMs, endMs, logs, previous })
      last.endMs = endMs
      digestKeys.push(last.link.key)
      logKeys.push(...logs)
      return made
    },
    hours(count: number, plan: DigestPlan = {}) {
      for (let at = 0; at < count; at += 1) made.digest(plan)
      return made
    },
    /** A backfill of the hour that ends so many hours after the beginning; answers its key and its log's. */
    backfill(hour: number, plan: DigestPlan & { readonly generatedMs?: number } = {}) {
      const endMs = START_MS + hour * HOUR_MS
      const startMs = endMs - HOUR_MS
      const log = addLog(startMs + 1_500_000)
      const content = { startMs, endMs, logs: [log], previous: last.backfill }
      last.backfill = write(plan, content, '_backfill')
      held(last.backfill.key).metadata['backfill-generation-timestamp'] = timeText(
        plan.generatedMs ?? last.endMs,
      )
      return { key: last.backfill.key, log }
    },
  }
  return made
}

interface Content {
  readonly startMs: number
  readonly endMs: number
  readonly logs: readonly string[]
  readonly previous: Link | null
}

/** Writes one digest, signed by the documented algorithm. */
function signedDigest(
  what: Content &
    Readonly<Record<'bucket' | 'account' | 'region' | 'trail' | 'start' | 'end', string>> & {
      readonly objects: Map<string, Held>
    },
  { signer, changes = {} }: DigestPlan & { readonly signer: Signer },
): Link {
  const { bucket, account, objects, previous } = what
  const [startText, endText] = [timeText(what.startMs), timeText(what.endMs)]
  const day = endText.slice(0, 10).replaceAll('-', '/')
  const stamp = endText.replace(/[-:]/g, '')
  const key = `${what.start}/${day}/${account}_CloudTrail-Digest_${what.region}_${what.trail}_eu-west-1_${stamp}${what.end}.json.gz`
  const document = {
    ...{ awsAccountId: account, digestStartTime: startText, digestEndTime: endText },
    ...{ digestS3Bucket: bucket, digestS3Object: key, digestSignatureAlgorithm: 'SHA256withRSA' },
    digestPublicKeyFingerprint: signer.fingerprint,
    ...{ newestEventTime: null, oldestEventTime: null },
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.sha256 ?? null,
    previousDigestHashAlgorithm: previous === null ? null : 'SHA-256',
    previousDigestSignature: previous?.signature ?? null,
    logFiles: what.logs.map((log) => ({
      ...{ s3Bucket: bucket, s3Object: log, hashAlgorithm: 'SHA-256' },
      hashValue: sha256Of(gunzipSync(objects.get(log)?.body ?? Buffer.alloc(0))),
      ...{ newestEventTime: null, oldestEventTime: null },
    })),
    ...changes,
  }
  const bytes = Buffer.from(JSON.stringify(document))
  const sha256 = sha256Of(bytes)
  const text = [endText, `${bucket}/${key}`, sha256, previous?.signature ?? 'null'].join('\n')
  const signature = createSign('RSA-SHA256').update(text).sign(signer.privateKey, 'hex')
  const metadata = { signature, 'signature-algorithm': 'SHA256withRSA' }
  objects.set(key, { body: gzipSync(bytes), metadata })
  return { bucket, key, sha256, signature }
}

export type Trail = ReturnType<typeof makeTrail>

/** Objects of a bucket as the shelf that `src` reads. */
export function heldShelf(bucket: string, objects: ReadonlyMap<string, Held>): Shelf {
  const keys = () => [...objects.keys()].sort()
  return {
    title: `s3://${bucket}/`,
    async folders(prefix) {
      const below = keys().filter((key) => key.startsWith(prefix))
      const names = below.flatMap((key) => /^[^/]+\//.exec(key.slice(prefix.length))?.[0] ?? [])
      return [...new Set(names)].map((name) => `${prefix}${name}`)
    },
    async *keys({ prefix, startAfter = '', end }) {
      for (const key of keys())
        if (key.startsWith(prefix) && key > startAfter && (end === undefined || key < end))
          yield key
    },
    async open(key) {
      const held = objects.get(key)
      return held === undefined
        ? null
        : { metadata: held.metadata, bytes: Readable.from([held.body]) }
    },
  }
}

/** Writes a copy as `aws s3 sync` does, without metadata; with it, where `head-object` was saved for each digest. */
export function writeCopy(
  folder: string,
  objects: ReadonlyMap<string, Held>,
  { withMetadata }: { readonly withMetadata: boolean },
): void {
  for (const [key, { body, metadata }] of objects) {
    const path = join(folder, key)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, body)
    if (withMetadata && Object.keys(metadata).length > 0)
      writeFileSync(`${path}.metadata.json`, JSON.stringify({ Metadata: metadata }))
  }
}

const timeText = (timeMs: number): string => new Date(timeMs).toISOString().replace('.000Z', 'Z')

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const logText = (timeMs: number, serial: number): string =>
  JSON.stringify({
    Records: [{ eventTime: timeText(timeMs), eventName: 'RunInstances', eventID: `e-${serial}` }],
  })
