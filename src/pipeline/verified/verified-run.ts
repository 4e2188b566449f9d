import type { Settings } from '../../base/settings.ts'
import type { Archive, Place, Span } from '../../source/digest/archive.ts'
import { type CheckedLog, checkLog } from '../../source/digest/check-log.ts'
import type { NamedLog } from '../../source/digest/digest.ts'
import { FileHashes } from '../../source/digest/file-set.ts'
import type { KeyRing } from '../../source/digest/key-ring.ts'
import {
  type TrailHours,
  type VerifyOptions,
  verifyArchive,
} from '../../source/digest/verify-archive.ts'
import type { Listener } from '../../source/digest/verify-chain.ts'
import type { Source } from '../../source/source.ts'
import { COVERAGE_HOUR_MS } from '../../store/coverage.ts'
import type { Store } from '../../store/store.ts'
import { coverageWord } from '../coverage-word.ts'
import { isFinished } from '../object-commit.ts'
import { verifiedSource } from './verified-source.ts'

/** Who vouches for what a run reads. */
export interface Verification {
  readonly archives: readonly Archive[]
  readonly keys: KeyRing
  /** Nothing delivered before is asked about; epoch milliseconds. */
  readonly fromMs: number
  readonly onDigest?: (digestCount: number) => void
}

/** What of a run's files nobody vouches for. */
export interface VerifiedReport {
  /** Logs that no valid digest names yet: left for a later run. */
  readonly unnamed: number
}

/** A run over what CloudTrail signed alone. */
export interface VerifiedRun {
  /** Logs that digests name, each held against its hash before it is read; and what was read before. */
  readonly sources: readonly Source[]
  /** Notes in the store which hours are complete, now that their logs are read. */
  finish(): Promise<VerifiedReport>
}

interface House extends Verification {
  readonly store: Store
  readonly settings: Settings
  readonly now: () => number
}

/** A digest names logs that were delivered up to so long before its end, with time to spare. */
const REACH_MS = 2 * COVERAGE_HOUR_MS

/**
 * Walks the digests of a place from the newest hour that the store knows to be proven, or from the oldest log it has not read.
 * Rejects with what listing and keys reject with.
 */
export async function beginVerified(
  sources: readonly Source[],
  house: House,
): Promise<VerifiedRun> {
  const { archives, store, settings } = house
  const spanOf = spansOf(await oldestUnread(sources, house), house)
  const hashes = new FileHashes()
  for (const archive of archives)
    await verifyArchive(
      archive,
      { ...optionsOf(house, spanOf), isNaming: true, check: taken },
      listenerOf(house, (file, { sha256 }) => hashes.set(file, sha256)),
    )
  /** Stored bytes of what was read and found valid. */
  const held = new FileHashes()
  const tally = { unnamed: 0 }
  const context = { hashes, held, tally, settings, store }
  return {
    sources: sources.map((source) => verifiedSource(source, context)),
    async finish() {
      const hours: TrailHours[] = []
      for (const archive of archives)
        await verifyArchive(
          archive,
          {
            ...optionsOf(house, spanOf),
            onHours: (word) => hours.push(word),
            check: (log) => checkOnce(log, archive, held),
            wasRead: (sha256) => store.wasRead(sha256),
          },
          listenerOf(house),
        )
      store.putCoverage(hours.map(coverageWord))
      return { unnamed: tally.unnamed }
    },
  }
}

/** When the oldest log of each account and Region that is still to be read was delivered. */
async function oldestUnread(
  sources: readonly Source[],
  { store, settings }: House,
): Promise<ReadonlyMap<string, number>> {
  const oldest = new Map<string, number>()
  for (const source of sources)
    for await (const entry of source.list()) {
      if (entry.kind === 'unreadable' || entry.name === null) continue
      if (entry.name.folder === 'CloudTrail-Digest') continue
      if (isFinished(entry, store.ledgerRow(entry.source, entry.key), settings)) continue
      const place = placeKey(entry.name)
      const known = oldest.get(place) ?? Number.POSITIVE_INFINITY
      oldest.set(place, Math.min(known, entry.name.stampMs))
    }
  return oldest
}

/** Where nothing is proven yet, a place is walked whole. */
function spansOf(
  unread: ReadonlyMap<string, number>,
  { store, fromMs }: House,
): (place: Place) => Span {
  const proven = new Map<string, number>()
  for (const { state, untilHour, ...place } of store.coverage({}))
    if (state === 'proven') proven.set(placeKey(place), (untilHour - 1) * COVERAGE_HOUR_MS)
  return (place) => {
    const key = placeKey(place)
    const unreadMs = (unread.get(key) ?? Number.POSITIVE_INFINITY) - REACH_MS
    return { fromMs: Math.max(fromMs, Math.min(proven.get(key) ?? 0, unreadMs)), untilMs: null }
  }
}

const placeKey = ({ account, region }: { account: string; region: string }): string =>
  `${account} ${region}`

function optionsOf({ keys, now }: House, spanOf: (place: Place) => Span): VerifyOptions {
  return {
    ...{ keys, spanOf, span: { fromMs: 0, untilMs: null } },
    ...{ account: null, region: null, nowMs: now(), onPlace: () => {} },
  }
}

function listenerOf({ store, onDigest }: House, onNamed?: Listener['onNamed']): Listener {
  let digestCount = 0
  return {
    tell: () => {},
    onDigest() {
      digestCount += 1
      onDigest?.(digestCount)
      store.touch()
    },
    onLog: () => store.touch(),
    onUnverified: () => {},
    ...(onNamed === undefined ? {} : { onNamed }),
  }
}

/** What a run has just read need not be read again. */
async function checkOnce(log: NamedLog, archive: Archive, held: FileHashes): Promise<CheckedLog> {
  const storedSha256 = held.get(archive.nameOf(log))
  return storedSha256 === undefined
    ? checkLog(log, archive)
    : { ...(await taken(log)), storedSha256 }
}

async function taken(log: NamedLog): Promise<CheckedLog> {
  const finding = { kind: 'valid-log', words: 'its content is what CloudTrail signed' } as const
  return { log, finding, inflatedBytes: 0, storedSha256: null }
}
