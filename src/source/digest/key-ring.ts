import { readFileSync } from 'node:fs'
import { Fault } from '../../base/fault.ts'
import { type PublicKey, rsaKeyOf } from './public-key.ts'

/** Which key is looked for: its fingerprint, the Region of the digest, and when that was signed. */
export interface KeyQuestion {
  readonly region: string
  readonly fingerprint: string
  /** Epoch milliseconds. */
  readonly atMs: number
}

/** Where keys are found: none, one, or where Regions' lists were joined several of one fingerprint. */
export interface KeyRing {
  keysFor(question: KeyQuestion): Promise<readonly PublicKey[]>
}

/** A list as `aws cloudtrail list-public-keys` prints it, or as the SDK answers. */
interface Listed {
  readonly Value?: unknown
  readonly Fingerprint?: unknown
  readonly ValidityStartTime?: unknown
  readonly ValidityEndTime?: unknown
}

/**
 * The keys of files that `aws cloudtrail list-public-keys` wrote, one a Region say. Throws `INPUT_NOT_FOUND` where one cannot be
 * read and `USAGE` where it is no such list.
 */
export function keyRingOfFiles(paths: readonly string[]): KeyRing {
  const keys = paths.flatMap((path) => {
    const list = listOf(textOf(path))
    const read = list?.map(publicKeyOf) ?? [null]
    if (read.every((key) => key !== null)) return read
    throw new Fault(
      'USAGE',
      `${path} is no list of RSA public keys: write it with aws cloudtrail list-public-keys --start-time TIME --output json --region REGION`,
    )
  })
  return {
    keysFor: async ({ fingerprint }) => keys.filter((key) => key.fingerprint === fingerprint),
  }
}

/** One entry of a list; `null` where it is no RSA key with a fingerprint and times. */
export function publicKeyOf(listed: Listed): PublicKey | null {
  const { Value: value, Fingerprint: fingerprint } = listed
  const der = typeof value === 'string' ? Buffer.from(value, 'base64') : value
  const key = der instanceof Uint8Array ? rsaKeyOf(Buffer.from(der)) : null
  const validFromMs = timeOf(listed.ValidityStartTime)
  const validUntilMs = timeOf(listed.ValidityEndTime)
  if (key === null || typeof fingerprint !== 'string') return null
  if (Number.isNaN(validFromMs) || Number.isNaN(validUntilMs)) return null
  return { fingerprint, key, validFromMs, validUntilMs }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = (cause as Error).message
    throw new Fault('INPUT_NOT_FOUND', `cannot read the public keys in ${path}: ${reason}`, {
      cause,
    })
  }
}

function listOf(text: string): readonly Listed[] | null {
  try {
    const list: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.['PublicKeyList']
    return Array.isArray(list) && list.every((each) => each !== null) ? list : null
  } catch {
    return null
  }
}

/** awscli prints RFC 3339 or, before version 2, seconds. */
function timeOf(value: unknown): number {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value * 1000
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}
