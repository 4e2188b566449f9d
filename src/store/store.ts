import type { Score } from '../../models/index.ts'
import type { Rejected } from '../event/api-call.ts'
import type { CallTable, SeriesKey } from '../event/table/call-table.ts'
import type { AggregateSubject } from '../insight/aggregate.ts'
import type { Insight } from '../insight/insight.ts'
import type { KeptLabel } from '../insight/label.ts'
import type { SelectorChange } from '../insight/selection.ts'
import type { Verdict } from '../insight/verdict.ts'
import type { ObjectName } from '../source/object-name.ts'
import type { CoverageFilter, CoverageStretch, CoverageWord } from './coverage.ts'
import type { Outcome, StoreAudit, StoreTotals, Tally } from './tally.ts'

export type { Outcome, StoreAudit, StoreTotals, Tally } from './tally.ts'

/** One row of the file ledger. */
export interface LedgerRow {
  readonly source: string
  readonly key: string
  readonly version: string | null
  readonly sha256: string | null
  readonly outcome: Outcome
  readonly code: string | null
  readonly message: string | null
  readonly storedBytes: number
  readonly inflatedBytes: number
  readonly framing: string | null
  readonly stampMs: number | null
  /** First and last event time of its accepted records, epoch milliseconds. */
  readonly fromMs: number | null
  readonly untilMs: number | null
  readonly tally: Tally
}

/** A finished object with everything it brings, committed whole or not at all. */
export interface ObjectCommit {
  readonly ledger: Omit<LedgerRow, 'tally'>
  /** What its key says, where it speaks CloudTrail. */
  readonly name: ObjectName | null
  /** Calls of the file as read (before de-duplication); absent for failed and skipped files. */
  readonly calls: CallTable | null
  readonly rejected: readonly Rejected[]
  /** Rejections by code (`rejected` may hold fewer samples than there were). */
  readonly rejectedCounts: ReadonlyMap<string, number>
  readonly insights: number
  readonly read: number
}

export interface SeriesRow extends SeriesKey {
  /** Row number inside the store; means nothing outside. */
  readonly ref: number
  /** 16 hexadecimal digits, from the key. */
  readonly id: string
  readonly calls: number
  readonly errors: number
  readonly reads: number
  readonly firstMinute: number
  readonly lastMinute: number
}

/** Cells of one series: ascending epoch minutes, each with an error code and a count above zero. */
export interface MinuteCells {
  readonly minutes: Int32Array
  /** Number of the error code; 0 is success. Names: `Store.codeNames()`. */
  readonly codes: Int32Array
  readonly counts: Int32Array
}

export interface ActorQuery {
  readonly series: number
  /** Epoch milliseconds on the actor grid. */
  readonly fromMs: number
  readonly untilMs: number
  /** Only calls with this error code; undefined: all. */
  readonly errorCode?: string
}

export type ActorKind = 'identity' | 'agent' | 'resource'

/** Calls of one value in one actor window; a count of 0 stands for a value corrected away. */
export interface ActorRow {
  /** First epoch minute of the window. */
  readonly minute: number
  readonly kind: ActorKind
  /** `null`: the window is past the cap of distinct values, and only totals are kept. */
  readonly value: string | null
  readonly errorCode: string | null
  readonly calls: number
}

/** Calls of one identity to one series with one error code in one actor window. */
export interface IdentityCalls {
  readonly series: number
  /** First epoch minute of the window. */
  readonly minute: number
  readonly identity: string
  readonly errorCode: string | null
  readonly calls: number
}

/** Counts by value, or null where one of the windows is past the cap of distinct values. */
export type ActorCounts = Readonly<Record<ActorKind, ReadonlyMap<string, number> | null>>

export interface WatermarkRow {
  readonly account: string
  readonly region: string
  readonly watermarkMs: number
}

/** An account's day range to score again. */
export interface AccountNews {
  readonly account: string
  /** Epoch minute of the account's first call ever. */
  readonly firstMinute: number
  /** Earliest epoch minute whose counts changed since the last scoring; null: none did. */
  readonly dirtyMinute: number | null
  /** Each Region's watermark, and the one its windows were last scored up to (null: never). */
  readonly regions: readonly {
    readonly region: string
    readonly watermarkMs: number
    readonly scoredMs: number | null
  }[]
}

/** A score as kept: what `decide` needs again, and what `explain` shows. */
export interface StoredScore {
  readonly series: number
  readonly errorCode: string | null
  readonly score: Score
}

/** A score of an aggregate. */
export interface AggregateScore {
  readonly subject: AggregateSubject
  readonly score: Score
}

export interface StoredBaseline {
  readonly series: number
  readonly errorCode: string | null
  readonly standing: unknown
}

export interface StoredExpectation {
  readonly series: number
  readonly errorCode: string | null
  readonly day: number
  readonly expectation: unknown
}

/** What scoring an account's days brought. */
export interface DaysScored {
  readonly account: string
  readonly fromDay: number
  readonly scores: readonly StoredScore[]
  readonly aggregateScores: readonly AggregateScore[]
  readonly expectations: readonly StoredExpectation[]
  readonly laws: readonly { readonly day: number; readonly law: unknown }[]
}

/** The last of an account's days, and how it stands after them. */
export interface DetectionCommit extends DaysScored {
  /** The watermarks scored up to: become `scoredMs` of the account's Regions. */
  readonly scored: readonly { readonly region: string; readonly watermarkMs: number }[]
  readonly baselines: readonly StoredBaseline[]
}

export interface InsightRevision {
  readonly insight: Insight
  readonly revision: number
  /** `final`: stands; `retracted`: later or late events took it back. */
  readonly status: 'final' | 'retracted'
}

/** Several values of one field are alternatives; fields are all required. Absent: everything. */
export interface SeriesFilter {
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  readonly category?: readonly string[]
  readonly eventSource?: readonly string[]
  readonly eventName?: readonly string[]
}

export interface InsightFilter extends SeriesFilter {
  /** Insights whose span overlaps [fromMs, untilMs). */
  readonly fromMs?: number
  readonly untilMs?: number
  readonly insightType?: readonly string[]
  readonly errorCode?: readonly string[]
  readonly direction?: readonly string[]
  readonly state?: readonly string[]
  readonly principal?: readonly string[]
  readonly incident?: readonly string[]
  readonly minSeverity?: number
  readonly minScore?: number
  /** Retracted ones too; false unless asked. */
  readonly retracted?: boolean
}

export type InsightOrder =
  | 'startTime'
  | '-startTime'
  | 'severity'
  | '-severity'
  | 'score'
  | '-score'

/** An insight's start or end: what CloudTrail Insights makes a record of. */
export interface InsightMoment {
  readonly insight: Insight
  readonly state: 'Start' | 'End'
  /** Epoch milliseconds. */
  readonly atMs: number
}

/** As much of an insight as can be had of all of them at once. */
export interface StandingInsight {
  readonly id: string
  readonly state: string
  readonly insightType: string
  readonly incident: string
}

/** Insights that stand and are alike. */
export interface InsightTally {
  readonly insightType: string
  readonly direction: string
  readonly state: string
  readonly severity: number
  readonly count: number
}

/** An insight as it stands since a change; changes are numbered in the order they were made, from 1 on. */
export interface InsightChange extends InsightRevision {
  readonly change: number
}

/** One counted call. */
export interface CountedCall {
  readonly eventId: string
  /** Epoch seconds. */
  readonly second: number
  readonly errorCode: string | null
  readonly identity: string | null
  readonly agent: string | null
}

/** One counted call with all that counts of it. */
export interface CountedDetails {
  readonly series: number
  /** Epoch minute, and the UTC day it lies in. */
  readonly minute: number
  readonly day: number
  /** Number of the error code; 0 is success. Its name: null for success. */
  readonly code: number
  readonly errorCode: string | null
  /** Null: it has none, or its window is past the cap of distinct values. */
  readonly identity: string | null
  readonly agent: string | null
  readonly resource: string | null
}

/** A page: up to `limit` rows after the place named by `after`, which only the store understands. */
export interface PageRequest {
  readonly limit: number
  readonly after: string | null
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null
}

export interface RunRow {
  readonly id: number
  readonly startedMs: number
  readonly finishedMs: number | null
  /** The run's report as printed by `run --json`; null while it runs. */
  readonly report: unknown
}

export interface RejectRow {
  readonly code: string
  readonly account: string | null
  readonly objectKey: string
  readonly sample: string
}

/** What everybody may ask: the command line, HTTP, detection. Never writes. */
export interface StoreReader {
  totals(): StoreTotals
  /** Of one account, or of all. */
  watermarks(account?: string): readonly WatermarkRow[]
  accounts(): readonly AccountNews[]
  series(filter: SeriesFilter, page: PageRequest): Page<SeriesRow>
  seriesById(id: string): SeriesRow | undefined
  seriesByRef(ref: number): SeriesRow | undefined
  codeNames(): readonly (string | null)[]
  minuteCells(series: number, fromMinute: number, untilMinute: number): MinuteCells
  /** First epoch minute ever of each error code of a series, by code number (0: success). */
  codeFirstMinutes(series: number): ReadonlyMap<number, number>
  actors(query: ActorQuery): ActorCounts
  /**
   * Hands over who called what in an account, day by day, the days in order; windows past the cap of distinct values are
   * left out. Minutes are whole actor windows.
   */
  eachIdentity(
    of: { account: string; fromMinute: number; untilMinute: number },
    take: (calls: IdentityCalls) => void,
  ): void
  /** Every actor count of a series, ascending by window, kind, value and code. */
  actorRows(series: number): readonly ActorRow[]
  insights(filter: InsightFilter, order: InsightOrder, page: PageRequest): Page<InsightRevision>
  insightById(id: string): InsightRevision | undefined
  /** Every insight that stands, in few words, in no order. */
  standing(): readonly StandingInsight[]
  /** How many insights stand, of each kind. */
  insightTallies(): readonly InsightTally[]
  /** Insights changed after the change of that number, in order of their last change. */
  insightChanges(filter: InsightFilter, after: number, limit: number): readonly InsightChange[]
  /** Number of the newest change; 0: there was none. */
  lastChange(): number
  /** What people say of insights, in order of time. */
  verdicts(): readonly Verdict[]
  /** Incidents that people know of, in order of their start. */
  labels(): readonly KeptLabel[]
  /** What people switched, in order. */
  selectorChanges(): readonly SelectorChange[]
  /** What digests say of hours of deliveries, by account and Region, ascending; hours nobody speaks for are left out. */
  coverage(filter: CoverageFilter): readonly CoverageStretch[]
  /** Whether a file with these stored bytes was counted, or holds nothing to count. */
  wasRead(sha256: string): boolean
  /** The first counted calls of a series in [fromMs, untilMs), in order of time; with one error code, where one is given. */
  calls(of: {
    readonly series: number
    readonly fromMs: number
    readonly untilMs: number
    readonly errorCode?: string | null
    readonly limit: number
  }): readonly CountedCall[]
  /** Hands over every counted call of an account's UTC days `[fromDay, untilDay)`, day by day, within a day in no order. */
  eachCall(
    of: { readonly account: string; readonly fromDay: number; readonly untilDay: number },
    take: (call: CountedDetails) => void,
  ): void
  /** Keys of finished files that may hold events of an account in [fromMs, untilMs). */
  filesWith(of: {
    readonly account: string
    readonly fromMs: number
    readonly untilMs: number
    readonly limit: number
  }): readonly string[]
  /** Starts and ends in [fromMs, untilMs] of the insights that stand, newest first. */
  moments(
    filter: InsightFilter,
    span: { readonly fromMs: number; readonly untilMs: number },
    page: PageRequest,
  ): Page<InsightMoment>
  /** The start or end with this record's `eventID`; takes as long as there are insights. */
  momentById(eventId: string): InsightMoment | undefined
  scores(of: {
    series?: number
    account?: string
    fromMinute: number
    untilMinute: number
    /** Those that surprise less, and do not say that a level still stands, may be left out. */
    leastSurprise?: number
  }): readonly StoredScore[]
  /** Rows of an account's series that have scores, or have some that are not left out. */
  scoredSeries(account: string, leastSurprise?: number): readonly number[]
  /** Every score of an account's aggregates that is not left out, in order of their end, then of their content. */
  aggregateScores(account: string, leastSurprise?: number): readonly AggregateScore[]
  baseline(series: number, errorCode: string | null): StoredBaseline | undefined
  baselines(
    filter: SeriesFilter,
    page: PageRequest,
  ): Page<{ series: SeriesRow; baseline: StoredBaseline }>
  /** How many of an account's series were learned from in which way, by the `kind` of what was learned of their calls. */
  standingKinds(account: string): ReadonlyMap<string, number>
  expectations(
    series: number,
    errorCode: string | null,
    fromDay: number,
    untilDay: number,
  ): readonly StoredExpectation[]
  /** The account's pooled law as of `day` (the newest at or before it). */
  law(account: string, day: number): unknown
  runs(limit: number): readonly RunRow[]
  rejects(limit: number): readonly RejectRow[]
  ledger(filter: {
    outcome?: Outcome
    overlapsMs?: { fromMs: number; untilMs: number }
  }): readonly LedgerRow[]
  meta(name: string): string | null
  /** Differs from what it was before if anything was written to the store in between. */
  version(): string
  /** Checks the whole store; takes as long as reading it. */
  audit(): StoreAudit
  /** Answers several questions from one state, whatever is written meanwhile. */
  snapshot<Answer>(ask: () => Answer): Answer
  close(): void
}

/** What is switched in an account. */
export interface SelectorSwitch {
  readonly account: string
  readonly changes: readonly SelectorChange[]
  readonly signed?: SignedWrite
}

/** A request that writes, by its signature, and when it is carried out, epoch milliseconds. */
export interface SignedWrite {
  readonly signature: string
  readonly atMs: number
}

/** What people say, written beside whatever run is writing. Throws `STORE_LOCKED` where it cannot be written just now. */
export interface StoreEditor {
  /**
   * Keeps what was switched. For a signed request once, whoever carried it out: false where that was in the 15 minutes before, and
   * then nothing is written.
   */
  switchSelectors(wanted: SelectorSwitch): boolean
  /** Keeps a verdict, in place of an earlier one on the same insight. */
  putVerdict(verdict: Verdict): void
  removeVerdict(insight: string): void
  /** Keeps labels, all or none, each in place of an earlier one of its id. */
  putLabels(labels: readonly KeptLabel[]): void
  removeLabel(id: string): void
}

/** The one writer. Every method that writes is one transaction. */
export interface Store extends StoreReader {
  /** The ledger's word on an object, to skip what is finished. */
  ledgerRow(source: string, key: string): LedgerRow | undefined
  commitObject(commit: ObjectCommit): Tally
  /**
   * Takes in objects in their order, all in one transaction. Where that fails, each has one of its own up to the one that cannot
   * stand, and what that throws is thrown.
   */
  commitObjects(commits: readonly ObjectCommit[]): readonly Tally[]
  /** For `--as-of`: lifts every watermark of the store to at least this. */
  raiseWatermarks(untilMs: number): void
  /** Says that an account is to be scored again from a minute on. */
  oweScoring(account: string, fromMinute: number): void
  /**
   * Takes in what trails say of hours, each in place of its own earlier word on them. What changed is to be scored again, and what is
   * proven lifts the watermark of a Region that is known.
   */
  putCoverage(words: readonly CoverageWord[]): void
  /** Replaces the account's scores, expectations and laws of `[fromDay, untilDay)`; its news stand until `commitDetection`. */
  commitDays(days: DaysScored, untilDay: number): void
  /** Replaces the account's scores, expectations, laws from `fromDay` on, and its baselines; clears its news. */
  commitDetection(commit: DetectionCommit): void
  /** Makes the account's insights equal to these: new revisions for what changed, retractions for what is gone. */
  replaceInsights(
    account: string,
    insights: readonly Insight[],
  ): { readonly added: number; readonly changed: number; readonly retracted: number }
  /** Those of the marks that a sink was given. */
  delivered(sink: string, marks: readonly string[]): ReadonlySet<string>
  markDelivered(sink: string, marks: readonly string[]): void
  beginRun(startedMs: number): number
  finishRun(id: number, finishedMs: number, report: unknown): void
  setMeta(name: string, value: string): void
  /** Nothing is read for a while: what is remembered for the next objects takes little room from now on. */
  rest(): void
  /** Says that the run lives, where it works long without writing. */
  touch(): void
  /** What was committed by now survives a power loss. */
  flush(): void
}
