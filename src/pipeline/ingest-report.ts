import type { LedgerRow, ObjectCommit, Outcome, Tally } from '../store/store.ts'
import { damageWords } from './remedies.ts'
import { addTally, emptyTally } from './tally.ts'

/** How far a run has come. Bytes are as stored. */
export interface IngestProgress {
  readonly objects: number
  readonly storedBytes: number
  readonly records: number
}

/** An object that could not be counted (whole), for people. */
export interface Trouble {
  readonly key: string
  readonly code: string
  readonly message: string
  /** Known from an earlier run and unchanged since. */
  readonly known: boolean
}

/** What one run read. Objects listed = the sum of `objects`; records obey the conservation law. */
export interface IngestReport {
  readonly listed: number
  readonly objects: Readonly<Record<Outcome | 'unchanged', number>>
  readonly skippedByCode: Readonly<Record<string, number>>
  readonly tally: Tally
  readonly rejectedByCode: Readonly<Record<string, number>>
  readonly storedBytes: number
  readonly inflatedBytes: number
  readonly troubles: readonly Trouble[]
}

/** The report of a run while it reads. */
export interface ReportInMaking {
  /** An object that an earlier run finished. */
  unchanged(known: LedgerRow): void
  /** An object that was read, and what it added to the store. */
  took(commit: ObjectCommit, added: Tally): void
  progress(): IngestProgress
  finished(): IngestReport
}

/** Starts the report of a run. */
export function startReport(): ReportInMaking {
  const objects = { done: 0, partial: 0, failed: 0, skipped: 0, unchanged: 0 }
  const skippedByCode = new Map<string, number>()
  const rejectedByCode = new Map<string, number>()
  const troubles: Trouble[] = []
  let tally = emptyTally
  let storedBytes = 0
  let inflatedBytes = 0
  return {
    unchanged(known) {
      objects.unchanged += 1
      troubles.push(...troubleOf(known, true))
    },
    took({ ledger, rejectedCounts }, added) {
      objects[ledger.outcome] += 1
      if (ledger.outcome === 'skipped') bump(skippedByCode, ledger.code ?? 'NOT_CLOUDTRAIL', 1)
      for (const [code, count] of rejectedCounts) bump(rejectedByCode, code, count)
      tally = addTally(tally, added)
      storedBytes += ledger.storedBytes
      inflatedBytes += ledger.inflatedBytes
      troubles.push(...troubleOf(ledger, false))
    },
    progress: () => ({ objects: listed(objects), storedBytes, records: tally.read }),
    finished: () => ({
      listed: listed(objects),
      objects,
      skippedByCode: Object.fromEntries(skippedByCode),
      tally,
      rejectedByCode: Object.fromEntries(rejectedByCode),
      storedBytes,
      inflatedBytes,
      troubles,
    }),
  }
}

/** The reports of several sources as one. */
export function sumOfReports(reports: readonly IngestReport[]): IngestReport {
  return reports.reduce(sumOf, startReport().finished())
}

function sumOf(a: IngestReport, b: IngestReport): IngestReport {
  return {
    listed: a.listed + b.listed,
    objects: { ...a.objects, ...sumCounts(a.objects, b.objects) },
    skippedByCode: sumCounts(a.skippedByCode, b.skippedByCode),
    tally: addTally(a.tally, b.tally),
    rejectedByCode: sumCounts(a.rejectedByCode, b.rejectedByCode),
    storedBytes: a.storedBytes + b.storedBytes,
    inflatedBytes: a.inflatedBytes + b.inflatedBytes,
    troubles: [...a.troubles, ...b.troubles],
  }
}

function sumCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]))
}

function troubleOf(
  { key, outcome, code, message }: ObjectCommit['ledger'],
  known: boolean,
): readonly Trouble[] {
  if (outcome === 'partial') {
    const words = 'some of its lines are no records; the others were counted'
    return [{ key, code: 'LINES_REJECTED', message: words, known }]
  }
  if (outcome !== 'failed') return []
  return [{ key, code: code ?? 'READ_FAILED', message: damageWords(code, message), known }]
}

const listed = (objects: Readonly<Record<string, number>>): number =>
  Object.values(objects).reduce((sum, count) => sum + count, 0)

function bump(counts: Map<string, number>, code: string, by: number): void {
  counts.set(code, (counts.get(code) ?? 0) + by)
}
