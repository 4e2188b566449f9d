import type { Settings } from '../base/settings.ts'
import type { FileReading } from '../event/api-call.ts'
import type { TrailTable } from '../event/trail-reader.ts'
import type { SourceObject, Unreadable } from '../source/source.ts'
import type { LedgerRow, ObjectCommit } from '../store/store.ts'

/** Failures of the moment, which another try may not meet. */
const PASSING: ReadonlySet<string | null> = new Set(['READ_FAILED', 'NO_PERMISSION'])
/** Failures by a limit that settings may raise. */
const BY_LIMIT: ReadonlySet<string | null> = new Set(['TOO_LARGE', 'GZIP_BOMB'])

/** Whether an object was kept from being read by a failure of the moment. */
export function isPassing({ ledger }: ObjectCommit): boolean {
  return PASSING.has(ledger.code)
}

/** Whether an earlier run has finished just this version of an object. */
export function isFinished(
  { version }: SourceObject,
  known: LedgerRow | undefined,
  settings: Settings,
): known is LedgerRow {
  if (known === undefined || version === null || PASSING.has(known.code)) return false
  return known.version === versionRead(version, known.code, settings)
}

/** What was read, for the ledger: a file refused for its size is another one to other limits. */
function versionRead(version: string, code: string | null, { limits }: Settings): string {
  return BY_LIMIT.has(code) ? `${version} within ${JSON.stringify(limits)}` : version
}

/** What an object that was read brings to the store. */
export function commitOf(
  entry: SourceObject,
  { file, takings }: TrailTable,
  settings: Settings,
): ObjectCommit {
  const { name } = entry
  const ledger = ledgerOf(entry, file, settings)
  if (file.outcome === 'done' || file.outcome === 'partial')
    return { ledger, name, read: file.records, ...takings }
  return { ledger, name, ...nothingOf(file) }
}

/** What is noted of something that cannot be read at all. */
export function refusal({ source, key, code, message }: Unreadable): ObjectCommit {
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

function ledgerOf(
  { source, key, version, name }: SourceObject,
  reading: FileReading,
  settings: Settings,
): ObjectCommit['ledger'] {
  const { sha256, outcome, code, message, storedBytes, inflatedBytes, framing } = reading
  return {
    source,
    key,
    sha256,
    outcome,
    code,
    message,
    version: version === null ? null : versionRead(version, code, settings),
    storedBytes,
    inflatedBytes,
    framing,
    stampMs: name?.stampMs ?? null,
    fromMs: null,
    untilMs: null,
  }
}
