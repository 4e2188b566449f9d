import { createHash, timingSafeEqual } from 'node:crypto'
import type { Archive } from './archive.ts'
import type { NamedLog } from './digest.ts'
import { inflateMember } from './inflate-member.ts'
import type { Stored } from './shelf.ts'
import type { Finding } from './verdict.ts'

/** A log, and what came of holding it against its digest. */
export interface CheckedLog {
  readonly log: NamedLog
  readonly finding: Finding
  readonly inflatedBytes: number
  /** Hexadecimal SHA-256 of its bytes as stored; null unless it is valid. */
  readonly storedSha256: string | null
}

/** CloudTrail's files hold 50 MB at most. */
const MOST_BYTES = 1024 * 1024 * 1024
const NOTHING_READ = { inflatedBytes: 0, storedSha256: null }

/** Holds one log against the hash that a valid digest names. Never rejects. */
export async function checkLog(log: NamedLog, archive: Archive): Promise<CheckedLog> {
  try {
    const stored = await archive.open(log)
    if (stored === 'missing') {
      const words = 'its digest names it, and it is not there'
      return { log, finding: { kind: 'missing-log', words }, ...NOTHING_READ }
    }
    if (stored === 'elsewhere') {
      const words = `it lies in the bucket ${log.bucket}`
      return { log, finding: { kind: 'elsewhere', words }, ...NOTHING_READ }
    }
    return await holdAgainst(log, stored)
  } catch (error) {
    const words = `it cannot be read: ${(error as Error).message}`
    return { log, finding: { kind: 'unreadable', words }, ...NOTHING_READ }
  }
}

/** Holds bytes against the hash of a log. Rejects with what `bytes` rejects with. */
export async function holdAgainst(
  log: NamedLog,
  { bytes }: Pick<Stored, 'bytes'>,
): Promise<CheckedLog> {
  const hash = createHash('sha256')
  const storedHash = createHash('sha256')
  let inflatedBytes = 0
  const inflated = await inflateMember(hashing(bytes, storedHash), MOST_BYTES, (piece) => {
    hash.update(piece)
    inflatedBytes += piece.length
  })
  const finding = findingOf(log, inflated, hash.digest())
  const storedSha256 = finding.kind === 'valid-log' ? storedHash.digest('hex') : null
  return { log, inflatedBytes, finding, storedSha256 }
}

async function* hashing(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

function findingOf(
  log: NamedLog,
  inflated: Awaited<ReturnType<typeof inflateMember>>,
  sha256: Buffer,
): Finding {
  if (inflated.kind === 'trailing') return { kind: 'trailing-data', words: inflated.words }
  if (inflated.kind !== 'whole') return { kind: 'damaged-log', words: inflated.words }
  if (timingSafeEqual(sha256, Buffer.from(log.sha256, 'hex')))
    return { kind: 'valid-log', words: 'its content is what CloudTrail signed' }
  const words = `its digest names SHA-256 ${log.sha256}, its content has ${sha256.toString('hex')}`
  return { kind: 'altered-log', words }
}
