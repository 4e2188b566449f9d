import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import type { FileReading } from '../event/api-call.ts'
import { TrailReader } from '../event/trail-reader.ts'
import type { Source, SourceObject, Unreadable } from '../source/source.ts'
import type { LedgerRow, ObjectCommit, Store } from '../store/store.ts'
import { type IngestProgress, type IngestReport, startReport } from './ingest-report.ts'

export interface IngestOptions {
  readonly settings: Settings
  /** Account of records that name none. */
  readonly account: string | null
  /** Whether what does not count must be valid JSON too. */
  readonly strictJson?: boolean
  readonly onProgress?: (progress: IngestProgress) => void
}

/**
 * Reads what is new in a source into the store: one transaction an object, so that a crash loses and doubles nothing.
 * Throws what the source throws about itself (`INPUT_NOT_FOUND`, `AWS_ACCESS`); what came before stands.
 */
export async function ingest(
  source: Source,
  store: Store,
  options: IngestOptions,
): Promise<IngestReport> {
  const report = startReport()
  const reader = new TrailReader()
  for await (const entry of source.list()) {
    const known = store.ledgerRow(entry.source, entry.key)
    if (entry.kind === 'object' && isFinished(entry, known, options)) report.unchanged(known)
    else {
      const commit =
        entry.kind === 'object' ? await readObject(entry, store, reader, options) : refusal(entry)
      report.took(commit, store.commitObject(commit))
    }
    options.onProgress?.(report.progress())
  }
  return report.finished()
}

/** Failures of the moment, which another try may not meet. */
const PASSING: ReadonlySet<string | null> = new Set(['READ_FAILED', 'NO_PERMISSION'])
/** Failures by a limit that settings may raise. */
const BY_LIMIT: ReadonlySet<string | null> = new Set(['TOO_LARGE', 'GZIP_BOMB'])

function isFinished(
  { version }: SourceObject,
  known: LedgerRow | undefined,
  { settings }: IngestOptions,
): known is LedgerRow {
  if (known === undefined || version === null || PASSING.has(known.code)) return false
  return known.version === versionRead(version, known.code, settings)
}

/** What was read, for the ledger: a file refused for its size is another one to other limits. */
function versionRead(version: string, code: string | null, { limits }: Settings): string {
  return BY_LIMIT.has(code) ? `${version} within ${JSON.stringify(limits)}` : version
}

async function readObject(
  entry: SourceObject,
  store: Store,
  reader: TrailReader,
  { settings, account, strictJson }: IngestOptions,
): Promise<ObjectCommit> {
  const { name } = entry
  const context = {
    account: name?.account ?? account,
    stampMs: name?.stampMs ?? null,
    limits: settings.limits,
    strictJson: strictJson === true,
  }
  const bytes = new WatchedBytes(entry, store)
  const { file, takings } = await reader.read(bytes.chunks(), context)
  if (bytes.fault !== null) throw bytes.fault
  const common = { ledger: ledgerOf(entry, file, settings), name }
  if (file.outcome === 'done' || file.outcome === 'partial')
    return { ...common, ...takings, read: file.records }
  return { ...common, ...nothingOf(file) }
}

/**
 * A damaged file counts whole or not at all: what was seen of it is rejected with it. What the system failed to hand over
 * was not read, and is read again by the next run.
 */
function nothingOf({ outcome, code, records }: FileReading): Omit<ObjectCommit, 'ledger' | 'name'> {
  const nothing = { calls: null, rejected: [], rejectedCounts: new Map(), insights: 0, read: 0 }
  if (outcome === 'skipped') return { ...nothing, insights: records, read: records }
  if (records === 0 || PASSING.has(code)) return nothing
  return { ...nothing, rejectedCounts: new Map([['FILE_DAMAGED', records]]), read: records }
}

/** An object's bytes on their way: a fault of the whole source is kept for the run, and the lock stays alive meanwhile. */
class WatchedBytes {
  fault: Fault | null = null
  readonly #entry: SourceObject
  readonly #store: Store

  constructor(entry: SourceObject, store: Store) {
    this.#entry = entry
    this.#store = store
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#entry.open()) {
        this.#store.touch()
        yield chunk
      }
    } catch (error) {
      if (error instanceof Fault) this.fault = error
      throw error
    }
  }
}

function ledgerOf(
  { source, key, version, name }: SourceObject,
  reading: FileReading,
  settings: Settings,
): ObjectCommit['ledger'] {
  const { sha256, outcome, code, message, storedBytes, inflatedBytes, framing } = reading
  return {
    ...{ source, key, sha256, outcome, code, message },
    version: version === null ? null : versionRead(version, code, settings),
    ...{ storedBytes, inflatedBytes, framing },
    ...{ stampMs: name?.stampMs ?? null, fromMs: null, untilMs: null },
  }
}

function refusal({ source, key, code, message }: Unreadable): ObjectCommit {
  const ledger = {
    ...{ source, key, version: null, sha256: null, outcome: 'failed' as const, code, message },
    ...{ storedBytes: 0, inflatedBytes: 0, framing: null },
    ...{ stampMs: null, fromMs: null, untilMs: null },
  } as const
  return {
    ...{ ledger, name: null, calls: null },
    ...{ rejected: [], rejectedCounts: new Map(), insights: 0, read: 0 },
  }
}
