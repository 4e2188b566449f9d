import type { Settings } from '../../base/settings.ts'
import { holdAgainst } from '../../source/digest/check-log.ts'
import type { FileHashes } from '../../source/digest/file-set.ts'
import { METADATA_END } from '../../source/digest/folder-shelf.ts'
import type { Source, SourceObject, Unreadable } from '../../source/source.ts'
import type { Store } from '../../store/store.ts'
import { isFinished } from '../object-commit.ts'
import { inTurn } from '../reading/in-turn.ts'

/** What is known of files, and what comes of them. */
export interface Vouching {
  /** What valid digests say of the content of logs. */
  readonly hashes: FileHashes
  /** Gets the hash of the stored bytes of each log that was found valid. */
  readonly held: FileHashes
  readonly tally: { unnamed: number }
  readonly settings: Settings
  readonly store: Store
}

const MEBIBYTE = 1024 * 1024
/** Logs held in memory at a time; one is held whole, for nothing of it may count before all of it is known. */
const AHEAD = { count: 8, size: 64 * MEBIBYTE }

/**
 * A source of logs that valid digests name: each comes with the bytes that were held against its hash, or as unreadable where they
 * differ. Logs that no digest names are left out and counted, digests are left out.
 */
export function verifiedSource(source: Source, vouching: Vouching): Source {
  return {
    title: source.title,
    list: () =>
      inTurn(
        candidates(source, vouching),
        (entry) => {
          const work = heldEntry(entry, vouching)
          return { size: entry.kind === 'object' ? (entry.size ?? 0) : 0, result: () => work }
        },
        AHEAD,
      ),
  }
}

async function* candidates(
  source: Source,
  { hashes, tally, settings, store }: Vouching,
): AsyncGenerator<SourceObject | Unreadable> {
  for await (const entry of source.list()) {
    if (entry.kind === 'object') {
      if (entry.name?.folder === 'CloudTrail-Digest' || entry.key.endsWith(METADATA_END)) continue
      const isKnown = isFinished(entry, store.ledgerRow(entry.source, entry.key), settings)
      if (!isKnown && hashes.get(entry.key) === undefined) {
        tally.unnamed += 1
        continue
      }
    }
    yield entry
  }
}

/** Never rejects: what cannot be read says so when it is read. */
async function heldEntry(
  entry: SourceObject | Unreadable,
  { hashes, held, settings, store }: Vouching,
): Promise<SourceObject | Unreadable> {
  if (entry.kind === 'unreadable') return entry
  if (isFinished(entry, store.ledgerRow(entry.source, entry.key), settings)) return entry
  const { source, key } = entry
  const chunks: Uint8Array[] = []
  const log = { bucket: '', key, sha256: hashes.get(key) ?? '' }
  try {
    const bytes = kept(entry.open(), chunks, settings.limits.storedBytes)
    const { finding, storedSha256 } = await holdAgainst(log, { bytes })
    if (storedSha256 === null)
      return { kind: 'unreadable', source, key, code: 'NOT_AS_SIGNED', message: finding.words }
    held.set(key, storedSha256)
    const { place: _, isFar: __, ...known } = entry
    return { ...known, open: () => over(chunks) }
  } catch (error) {
    return { ...entry, open: () => failing(error) }
  }
}

async function* kept(
  bytes: AsyncIterable<Uint8Array>,
  chunks: Uint8Array[],
  most: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > most) throw new Error(`its stored bytes are more than ${most}`)
    const own = Uint8Array.from(chunk)
    chunks.push(own)
    yield own
  }
}

async function* over(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

// biome-ignore lint/correctness/useYield: it fails where bytes would come.
async function* failing(error: unknown): AsyncGenerator<Uint8Array> {
  throw error
}
