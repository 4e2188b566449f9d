/** A file and the bucket it lies in. */
export interface Location {
  readonly bucket: string
  readonly key: string
}

/** A log as a digest names it. */
export interface NamedLog extends Location {
  /** Hexadecimal SHA-256 of its inflated bytes. */
  readonly sha256: string
}

/** The digest before, as the one after it tells of it. */
export interface PreviousDigest extends Location {
  /** Hexadecimal SHA-256 of its inflated bytes. */
  readonly sha256: string
  /** Hexadecimal. */
  readonly signature: string
}

/** What CloudTrail delivered in an hour or so, by its own account. */
export interface Digest extends Location {
  /** Delivery, not event times; epoch milliseconds. */
  readonly startMs: number
  readonly endMs: number
  /** As it stands in the file: part of what is signed. */
  readonly endText: string
  readonly fingerprint: string
  /** null: a starting digest, the first since validation was switched on. */
  readonly previous: PreviousDigest | null
  readonly logs: readonly NamedLog[]
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const SHA256 = /^[0-9a-f]{64}$/i

/** Reads the inflated bytes of a digest; `null` where they are none. */
export function parseDigest(bytes: Uint8Array): Digest | null {
  const value = recordOf(jsonOf(bytes))
  const times = timesOf(value)
  const own = locationOf(value['digestS3Bucket'], value['digestS3Object'])
  const fingerprint = value['digestPublicKeyFingerprint']
  const previous = previousOf(value)
  const logs = logsOf(value['logFiles'])
  if (times === null || own === null || previous === undefined || logs === null) return null
  if (typeof fingerprint !== 'string') return null
  return { ...own, ...times, fingerprint, previous, logs }
}

/** What CloudTrail signs of a digest (User Guide, "Custom implementations of log file integrity validation"). */
export function stringToSign(digest: Digest, sha256: string): string {
  const { endText, bucket, key, previous } = digest
  return [endText, `${bucket}/${key}`, sha256, previous?.signature ?? 'null'].join('\n')
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function locationOf(bucket: unknown, key: unknown): Location | null {
  return typeof bucket === 'string' && typeof key === 'string' ? { bucket, key } : null
}

function timesOf(
  value: Readonly<Record<string, unknown>>,
): Pick<Digest, 'startMs' | 'endMs' | 'endText'> | null {
  const endText = value['digestEndTime']
  const [startMs, endMs] = [timeOf(value['digestStartTime']), timeOf(endText)]
  if (typeof endText !== 'string' || !(startMs <= endMs)) return null
  return { startMs, endMs, endText }
}

function timeOf(value: unknown): number {
  return typeof value === 'string' && TIME.test(value) ? Date.parse(value) : Number.NaN
}

/** `undefined`: neither a previous digest nor none. */
function previousOf(value: Readonly<Record<string, unknown>>): PreviousDigest | null | undefined {
  const signature = value['previousDigestSignature']
  const at = locationOf(value['previousDigestS3Bucket'], value['previousDigestS3Object'])
  const sha256 = shaOf(value['previousDigestHashValue'], value['previousDigestHashAlgorithm'])
  if (signature === null) return at === null && sha256 === null ? null : undefined
  if (typeof signature !== 'string' || at === null || sha256 === null) return undefined
  return { ...at, sha256, signature }
}

function logsOf(value: unknown): readonly NamedLog[] | null {
  if (!Array.isArray(value)) return null
  const logs = value.map((each) => {
    const { s3Bucket, s3Object, hashValue, hashAlgorithm } = recordOf(each)
    const at = locationOf(s3Bucket, s3Object)
    const sha256 = shaOf(hashValue, hashAlgorithm)
    return at === null || sha256 === null ? null : { ...at, sha256 }
  })
  return logs.every((log) => log !== null) ? logs : null
}

function shaOf(value: unknown, algorithm: unknown): string | null {
  if (typeof value !== 'string' || !SHA256.test(value)) return null
  return algorithm === undefined || algorithm === 'SHA-256' ? value.toLowerCase() : null
}
