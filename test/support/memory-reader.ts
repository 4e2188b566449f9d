import { recordId } from '../../src/insight/identity.ts'
import type { Insight } from '../../src/insight/insight.ts'
import type { KeptLabel } from '../../src/insight/label.ts'
import type { SelectorChange } from '../../src/insight/selection.ts'
import type { Verdict } from '../../src/insight/verdict.ts'
import type { CoverageStretch } from '../../src/store/coverage.ts'
import type {
  AccountNews,
  InsightFilter,
  InsightMoment,
  InsightOrder,
  InsightRevision,
  MinuteCells,
  Page,
  PageRequest,
  RunRow,
  SeriesFilter,
  SeriesRow,
  StoreAudit,
  StoredBaseline,
  StoredExpectation,
  StoredScore,
  StoreReader,
  StoreTotals,
  WatermarkRow,
} from '../../src/store/store.ts'

/** One cell of one series: calls of a minute with an error code (null: success). */
export interface Cell {
  readonly series: number
  readonly minute: number
  readonly errorCode: string | null
  readonly count: number
}

/** What a memory reader holds; everything may be left out. */
export interface Contents {
  readonly series?: readonly SeriesRow[]
  readonly cells?: readonly Cell[]
  readonly insights?: readonly (Insight | InsightRevision)[]
  readonly scores?: readonly StoredScore[]
  readonly baselines?: readonly StoredBaseline[]
  readonly expectations?: readonly StoredExpectation[]
  readonly laws?: readonly {
    readonly account: string
    readonly day: number
    readonly law: unknown
  }[]
  readonly accounts?: readonly AccountNews[]
  readonly selectors?: readonly SelectorChange[]
  readonly verdicts?: readonly Verdict[]
  readonly labels?: readonly KeptLabel[]
  readonly coverage?: readonly CoverageStretch[]
  readonly runs?: readonly RunRow[]
  readonly totals?: Partial<StoreTotals>
}

/** The grid that scores are on. */
const WINDOW_MINUTES = 5

const NOTHING: StoreTotals = {
  ...{ read: 0, counted: 0, duplicate: 0, late: 0, rejected: 0, insights: 0, conflicts: 0 },
  objects: { done: 0, partial: 0, failed: 0, skipped: 0 },
  rejectedByCode: new Map(),
}

/** A reader over what it is given, held in memory: for whoever reads a store and needs none on disk. */
export function memoryReader(contents: Contents): StoreReader {
  const { series = [], cells = [], accounts = [], runs = [] } = contents
  const { scores = [], baselines = [], expectations = [], laws = [] } = contents
  const revisions = (contents.insights ?? []).map(asRevision)
  const codeNames = [null, ...new Set(cells.flatMap(({ errorCode }) => errorCode ?? []))]
  const byRef = new Map(series.map((row) => [row.ref, row]))
  const accountOf = (ref: number) => byRef.get(ref)?.account
  return {
    totals: () => ({ ...NOTHING, ...contents.totals }),
    watermarks: (of) => watermarksOf(accounts, of),
    accounts: () => accounts,
    series: (filter, page) =>
      paged(
        series.filter((row) => matches(row, filter)),
        ({ id }) => id,
        page,
      ),
    seriesById: (id) => series.find((row) => row.id === id),
    seriesByRef: (ref) => byRef.get(ref),
    codeNames: () => codeNames,
    minuteCells: (ref, fromMinute, untilMinute) =>
      columns(
        cells.filter((cell) => cell.series === ref && isIn(cell.minute, fromMinute, untilMinute)),
        codeNames,
      ),
    codeFirstMinutes: (ref) => firstMinutes(cells, ref, codeNames),
    actors: () => ({ identity: new Map(), agent: new Map(), resource: new Map() }),
    actorRows: () => [],
    ...{ eachIdentity: () => {}, aggregateScores: () => [] },
    insights: (filter, order, page) => insightPage(revisions, filter, order, page),
    ...momentParts(revisions),
    ...changeParts(revisions, contents),
    insightById: (id) => revisions.find(({ insight }) => insight.id === id),
    scoredSeries: () => [...new Set(scores.map(({ series }) => series))],
    scores: (of) =>
      scores.filter(
        ({ series: ref, score }) =>
          (of.series === undefined || ref === of.series) &&
          (of.account === undefined || accountOf(ref) === of.account) &&
          score.fromWindow * WINDOW_MINUTES < of.untilMinute &&
          score.untilWindow * WINDOW_MINUTES > of.fromMinute,
      ),
    baseline: (ref, errorCode) =>
      baselines.find((row) => row.series === ref && row.errorCode === errorCode),
    standingKinds: (account) =>
      kindsOf(baselines.filter(({ series: ref }) => accountOf(ref) === account)),
    baselines: (filter, page) =>
      paged(
        baselines.flatMap((baseline) => {
          const row = byRef.get(baseline.series)
          return row !== undefined && matches(row, filter) ? [{ series: row, baseline }] : []
        }),
        ({ series: row, baseline }) => `${row.id} ${baseline.errorCode ?? ''}`,
        page,
      ),
    expectations: (ref, errorCode, fromDay, untilDay) =>
      expectations.filter(
        (row) =>
          row.series === ref && row.errorCode === errorCode && isIn(row.day, fromDay, untilDay),
      ),
    law: (account, day) =>
      laws
        .filter((row) => row.account === account && row.day <= day)
        .sort((a, b) => b.day - a.day)[0]?.law ?? null,
    runs: (limit) => [...runs].sort((a, b) => b.id - a.id).slice(0, limit),
    rejects: () => [],
    ledger: () => [],
    ...{ meta: () => null, version: () => 'as given' },
    audit: () => auditOf({ ...NOTHING, ...contents.totals }, cells),
    snapshot: (ask) => ask(),
    close: () => {},
  }
}

function kindsOf(baselines: readonly StoredBaseline[]): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>()
  for (const { errorCode, standing } of baselines) {
    const { kind } = standing as { kind: string }
    if (errorCode === null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return kinds
}

function watermarksOf(accounts: readonly AccountNews[], of?: string): readonly WatermarkRow[] {
  return accounts
    .filter(({ account }) => of === undefined || account === of)
    .flatMap(({ account, regions }) =>
      regions.map(({ region, watermarkMs }) => ({ account, region, watermarkMs })),
    )
}

function changeParts(
  revisions: readonly InsightRevision[],
  { selectors = [], ...contents }: Contents,
): Pick<
  StoreReader,
  | 'verdicts'
  | 'labels'
  | 'standing'
  | 'insightTallies'
  | 'insightChanges'
  | 'lastChange'
  | 'selectorChanges'
  | 'coverage'
  | 'wasRead'
  | 'calls'
  | 'eachCall'
  | 'filesWith'
> {
  return {
    insightChanges: (filter, after, limit) =>
      revisions
        .map((row, place) => ({ ...row, change: place + 1 }))
        .filter((row) => row.change > after && matchesInsight(row, filter))
        .slice(0, limit),
    standing: () =>
      revisions.filter(({ status }) => status === 'final').map(({ insight }) => insight),
    insightTallies: () =>
      revisions
        .filter(({ status }) => status === 'final')
        .map(({ insight: { insightType, direction, state, severity } }) => ({
          ...{ insightType, direction, state, severity, count: 1 },
        })),
    lastChange: () => revisions.length,
    selectorChanges: () => selectors,
    verdicts: () => contents.verdicts ?? [],
    labels: () => contents.labels ?? [],
    coverage: ({ account, region }) =>
      (contents.coverage ?? []).filter(
        (row) => allows(account, row.account) && allows(region, row.region),
      ),
    wasRead: () => false,
    ...{ calls: () => [], eachCall: () => {} },
    filesWith: () => [],
  }
}

/** Memory keeps no files and no events: what it has is in order by itself. */
function auditOf(totals: StoreTotals, cells: readonly Cell[]): StoreAudit {
  const calls = cells.reduce((sum, { count }) => sum + count, 0)
  const nothing = { foreignRows: 0, seriesAstray: 0, superseded: 0, corrected: 0 }
  return {
    ...nothing,
    ...{ quickCheck: ['ok'], schemaVersion: 0, totals },
    ...{ cellCalls: calls, seriesCalls: calls, events: calls },
    ...{ ledger: totals, replaced: NOTHING, ledgerObjects: totals.objects },
  }
}

function asRevision(row: Insight | InsightRevision): InsightRevision {
  return 'insight' in row ? row : { insight: row, revision: 1, status: 'final' }
}

const isIn = (value: number, from: number, until: number): boolean => value >= from && value < until

const allows = (allowed: readonly string[] | undefined, value: string | null): boolean =>
  allowed === undefined || (value !== null && allowed.includes(value))

function matches(row: Omit<Insight | SeriesRow, 'calls'>, filter: SeriesFilter): boolean {
  return (
    allows(filter.account, row.account) &&
    allows(filter.region, row.region) &&
    allows(filter.category, row.category) &&
    allows(filter.eventSource, row.eventSource) &&
    allows(filter.eventName, row.eventName)
  )
}

function matchesInsight({ insight, status }: InsightRevision, filter: InsightFilter): boolean {
  return (
    matches(insight, filter) &&
    allows(filter.insightType, insight.insightType) &&
    allows(filter.errorCode, insight.errorCode) &&
    allows(filter.direction, insight.direction) &&
    allows(filter.state, insight.state) &&
    allows(filter.principal, insight.principal) &&
    allows(filter.incident, insight.incident) &&
    insight.severity >= (filter.minSeverity ?? 0) &&
    insight.score >= (filter.minScore ?? Number.NEGATIVE_INFINITY) &&
    insight.startMs < (filter.untilMs ?? Number.POSITIVE_INFINITY) &&
    (insight.endMs ?? Number.POSITIVE_INFINITY) > (filter.fromMs ?? Number.NEGATIVE_INFINITY) &&
    (status === 'final' || filter.retracted === true)
  )
}

function insightPage(
  revisions: readonly InsightRevision[],
  filter: InsightFilter,
  order: InsightOrder,
  page: PageRequest,
): Page<InsightRevision> {
  const sign = order.startsWith('-') ? -1 : 1
  const sortValue = ({ insight }: InsightRevision): number =>
    sign *
    (order.endsWith('startTime')
      ? insight.startMs
      : order.endsWith('severity')
        ? insight.severity
        : insight.score)
  const rows = revisions
    .filter((row) => matchesInsight(row, filter))
    .sort((a, b) => sortValue(a) - sortValue(b) || (a.insight.id < b.insight.id ? -1 : 1))
  return cut(rows, ({ insight }) => insight.id, page)
}

/** Rows in the order of their names, which must differ. */
function paged<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  page: PageRequest,
): Page<Row> {
  return cut(
    [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    nameOf,
    page,
  )
}

function cut<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  { limit, after }: PageRequest,
): Page<Row> {
  const start = after === null ? 0 : rows.findIndex((row) => nameOf(row) === after) + 1
  const shown = rows.slice(start, start + limit)
  const last = shown.at(-1)
  return { rows: shown, next: last && start + limit < rows.length ? nameOf(last) : null }
}

function columns(cells: readonly Cell[], codeNames: readonly (string | null)[]): MinuteCells {
  const sorted = [...cells].sort((a, b) => a.minute - b.minute)
  return {
    minutes: Int32Array.from(sorted, ({ minute }) => minute),
    codes: Int32Array.from(sorted, ({ errorCode }) => codeNames.indexOf(errorCode)),
    counts: Int32Array.from(sorted, ({ count }) => count),
  }
}

function firstMinutes(
  cells: readonly Cell[],
  ref: number,
  codeNames: readonly (string | null)[],
): ReadonlyMap<number, number> {
  const first = new Map<number, number>()
  for (const { series, minute, errorCode } of cells) {
    const code = codeNames.indexOf(errorCode)
    if (series === ref) first.set(code, Math.min(minute, first.get(code) ?? minute))
  }
  return first
}

function momentParts(
  revisions: readonly InsightRevision[],
): Pick<StoreReader, 'moments' | 'momentById'> {
  return {
    moments: (filter, span, page) => momentPage(revisions, filter, span, page),
    momentById: (eventId) =>
      momentsOf(revisions).find(({ insight, state }) => recordId(insight.id, state) === eventId),
  }
}

/** Starts and ends of the insights that stand, newest first. */
function momentsOf(revisions: readonly InsightRevision[]): readonly InsightMoment[] {
  const order = ({ insight, state, atMs }: InsightMoment): string =>
    `${String(atMs).padStart(16, '0')} ${insight.id} ${state === 'End' ? 1 : 0}`
  return revisions
    .filter(({ status }) => status === 'final')
    .flatMap(({ insight }): InsightMoment[] => [
      { insight, state: 'Start', atMs: insight.startMs },
      ...(insight.endMs === null ? [] : [{ insight, state: 'End' as const, atMs: insight.endMs }]),
    ])
    .sort((one, other) => (order(one) > order(other) ? -1 : 1))
}

function momentPage(
  revisions: readonly InsightRevision[],
  filter: InsightFilter,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  { limit, after }: PageRequest,
): Page<InsightMoment> {
  const wanted = insightPage(revisions, filter, 'startTime', { limit: 1e9, after: null }).rows
  const found = momentsOf(wanted).filter(({ atMs }) => fromMs <= atMs && atMs <= untilMs)
  const from = Number(after ?? 0)
  const next = from + limit < found.length ? String(from + limit) : null
  return { rows: found.slice(from, from + limit), next }
}
