import { createHash } from 'node:crypto'
import type { Archive } from './archive.ts'
import { type Digest, type Location, parseDigest, stringToSign } from './digest.ts'
import { inflateMember } from './inflate-member.ts'
import type { KeyRing } from './key-ring.ts'
import { isSignedBy } from './public-key.ts'
import type { Stored } from './shelf.ts'
import { type Finding, weightOf } from './verdict.ts'

/** What a digest is held against, and where it stands. */
export interface DigestCheck {
  readonly archive: Archive
  readonly keys: KeyRing
  readonly region: string
  /** What the digest after this one says of it. */
  readonly promise: Promised | null
}

/** A later digest's word for an earlier one; only where it is proven itself does it bind. */
export interface Promised {
  readonly sha256: string
  readonly signature: string
  readonly isProven: boolean
}

/** A digest and what was found; it is valid where nothing found is unproven. */
export interface CheckedDigest {
  readonly at: Location
  /** null: it could not be read as one. */
  readonly digest: Digest | null
  readonly isValid: boolean
  readonly findings: readonly Finding[]
}

const MOST_BYTES = 8 * 1024 * 1024
const ALGORITHM = 'SHA256withRSA'

/** Checks one digest: its form, its place, its signature, and what the next digest promised. Rejects with what `keys` rejects with. */
export async function checkDigest(at: Location, check: DigestCheck): Promise<CheckedDigest> {
  const read = await readDigest(at, check.archive)
  if ('kind' in read) return { at, digest: null, isValid: false, findings: [read] }
  const findings = await findingsOf(read, at, check)
  const isValid = findings.every((finding) => weightOf(finding) !== 'unproven')
  return { at, digest: read.digest, isValid, findings }
}

interface ReadDigest {
  readonly digest: Digest
  readonly sha256: string
  readonly metadata: Stored['metadata']
}

async function readDigest(at: Location, archive: Archive): Promise<ReadDigest | Finding> {
  try {
    const stored = await archive.open(at)
    if (stored === 'missing')
      return { kind: 'missing-digest', words: 'the next digest names it, and it is not there' }
    if (stored === 'elsewhere')
      return { kind: 'elsewhere', words: `it lies in the bucket ${at.bucket}` }
    return await parsedOf(stored)
  } catch (error) {
    return { kind: 'unreadable', words: `it cannot be read: ${(error as Error).message}` }
  }
}

async function parsedOf({ bytes, metadata }: Stored): Promise<ReadDigest | Finding> {
  const pieces: Uint8Array[] = []
  const inflated = await inflateMember(bytes, MOST_BYTES, (piece) => pieces.push(piece))
  if (inflated.kind !== 'whole') return { kind: 'malformed-digest', words: inflated.words }
  const content = Buffer.concat(pieces)
  const digest = parseDigest(content)
  if (digest === null) return { kind: 'malformed-digest', words: 'its content is no digest' }
  return { digest, metadata, sha256: createHash('sha256').update(content).digest('hex') }
}

async function findingsOf(
  read: ReadDigest,
  at: Location,
  check: DigestCheck,
): Promise<readonly Finding[]> {
  const { digest, sha256, metadata } = read
  const { archive, promise } = check
  const own = archive.nameOf(digest)
  if (own !== archive.nameOf(at))
    return [{ kind: 'moved-digest', words: `it was delivered to ${own}` }]
  const algorithm = metadata['signature-algorithm']
  const signature = metadata['signature']
  if (signature !== undefined && algorithm !== ALGORITHM)
    return [{ kind: 'unknown-algorithm', words: `expected ${ALGORITHM}, got ${algorithm}` }]
  if (promise?.isProven && promise.sha256 !== sha256)
    return [altered('its content is not what the next digest says it was')]
  if (promise?.isProven && signature !== undefined && signature !== promise.signature)
    return [altered('its signature is not what the next digest says it was')]
  const believed = signature ?? promise?.signature
  if (believed === undefined)
    return [{ kind: 'unsigned', words: 'neither metadata nor a later digest has its signature' }]
  const lost: Finding = {
    kind: 'signature-lost',
    words: 'its metadata is lost; the next digest has its signature',
  }
  const found = await signatureFindings(read, believed, check)
  return signature === undefined ? [...found, lost] : found
}

async function signatureFindings(
  { digest, sha256, metadata }: ReadDigest,
  signature: string,
  { keys, region }: DigestCheck,
): Promise<readonly Finding[]> {
  const { fingerprint, endMs } = digest
  const generatedMs = Date.parse(metadata['backfill-generation-timestamp'] ?? '')
  const atMs = Number.isNaN(generatedMs) ? endMs : generatedMs
  const candidates = await keys.keysFor({ region, fingerprint, atMs })
  if (candidates.length === 0)
    return [
      { kind: 'unknown-key', words: `no key of ${region} has the fingerprint ${fingerprint}` },
    ]
  const text = stringToSign(digest, sha256)
  const signers = candidates.filter(({ key }) => isSignedBy(key, text, signature))
  if (signers.length === 0) return [altered('its signature does not match its content')]
  const isCurrent = signers.some((key) => key.validFromMs <= atMs && atMs <= key.validUntilMs)
  if (isCurrent) return []
  return [{ kind: 'key-out-of-date', words: `the key ${fingerprint} was not valid when it signed` }]
}

const altered = (words: string): Finding => ({ kind: 'altered-digest', words })
