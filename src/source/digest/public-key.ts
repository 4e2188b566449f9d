import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** A key CloudTrail signs digests with. */
export interface PublicKey {
  readonly fingerprint: string
  readonly key: KeyObject
  /** Epoch milliseconds. */
  readonly validFromMs: number
  readonly validUntilMs: number
}

const LEAST_BITS = 2048
const MOST_BITS = 4096
const LOWER_HEX = /^(?:[0-9a-f]{2})+$/

/** An RSA key of 2048 to 4096 bits as DER, PKCS #1 (which CloudTrail gives out) or SPKI; `null` for anything else. */
export function rsaKeyOf(der: Buffer): KeyObject | null {
  const key = keyOf(der, 'pkcs1') ?? keyOf(der, 'spki')
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0
  const isOurs = key?.asymmetricKeyType === 'rsa' && bits >= LEAST_BITS && bits <= MOST_BITS
  return isOurs ? key : null
}

/** Whether a signature, in lower-case hexadecimal as CloudTrail writes it, is RSASSA-PKCS1-v1_5 with SHA-256 of the text. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  if (!LOWER_HEX.test(signature)) return false
  const padding = constants.RSA_PKCS1_PADDING
  return verify('sha256', Buffer.from(text), { key, padding }, Buffer.from(signature, 'hex'))
}

function keyOf(der: Buffer, type: 'pkcs1' | 'spki'): KeyObject | null {
  try {
    return createPublicKey({ key: der, format: 'der', type })
  } catch {
    return null
  }
}
