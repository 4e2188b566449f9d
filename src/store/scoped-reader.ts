import { Fault } from '../base/fault.ts'
import type { Insight } from '../insight/insight.ts'
import type { Page, SeriesFilter, StoreReader } from './store.ts'

/**
 * A reader that knows some accounts only: what belongs to others is not there, and what speaks of all of them together is
 * refused. Everything a reader offers is named here, so that nothing new can be forgotten.
 */
export function scopedReader(store: StoreReader, accounts: readonly string[]): StoreReader {
  const isMine = (account: string): boolean => accounts.includes(account)
  const narrowed = <Filter extends SeriesFilter>(filter: Filter): Filter => ({
    ...filter,
    account: filter.account?.filter(isMine) ?? accounts,
  })
  const mineOr = <Row extends { readonly account: string }>(row: Row | undefined) =>
    row !== undefined && isMine(row.account) ? row : undefined
  const insightOf = <Found extends { readonly insight: Insight }>(found: Found | undefined) =>
    found !== undefined && isMine(found.insight.account) ? found : undefined
  const seriesByRef: StoreReader['seriesByRef'] = (ref) => mineOr(store.seriesByRef(ref))
  const own = (ref: number): number => {
    if (seriesByRef(ref) === undefined) throw new Fault('NOT_FOUND', 'there is no such series')
    return ref
  }
  return {
    watermarks: (of) => store.watermarks(of).filter(({ account }) => isMine(account)),
    accounts: () => store.accounts().filter(({ account }) => isMine(account)),
    series: (filter, page) => pageOf(narrowed(filter), (each) => store.series(each, page)),
    seriesById: (id) => mineOr(store.seriesById(id)),
    seriesByRef,
    codeNames: () => store.codeNames(),
    minuteCells: (ref, from, until) => store.minuteCells(own(ref), from, until),
    codeFirstMinutes: (ref) => store.codeFirstMinutes(own(ref)),
    actors: (query) => store.actors({ ...query, series: own(query.series) }),
    actorRows: (ref) => store.actorRows(own(ref)),
    eachIdentity: (of, take) => {
      if (isMine(of.account)) store.eachIdentity(of, take)
    },
    insights: (filter, order, page) =>
      pageOf(narrowed(filter), (each) => store.insights(each, order, page)),
    insightById: (id) => insightOf(store.insightById(id)),
    insightChanges: (filter, after, limit) =>
      accounts.length === 0 ? [] : store.insightChanges(narrowed(filter), after, limit),
    lastChange: () => store.lastChange(),
    verdicts: () =>
      store.verdicts().filter(({ insight }) => {
        const account = store.insightById(insight)?.insight.account
        return account !== undefined && isMine(account)
      }),
    // A label without an account speaks of all of them.
    labels: () => store.labels().filter(({ account }) => account !== null && isMine(account)),
    selectorChanges: () => store.selectorChanges().filter(({ account }) => isMine(account)),
    coverage: (filter) => (accounts.length === 0 ? [] : store.coverage(narrowed(filter))),
    calls: (of) => store.calls({ ...of, series: own(of.series) }),
    eachCall: (of, take) => {
      if (isMine(of.account)) store.eachCall(of, take)
    },
    // A file without a name of CloudTrail's may be anybody's.
    filesWith: (of) =>
      isMine(of.account) ? store.filesWith(of).filter((key) => key.includes(of.account)) : [],
    moments: (filter, span, page) =>
      pageOf(narrowed(filter), (each) => store.moments(each, span, page)),
    momentById: (id) => insightOf(store.momentById(id)),
    scoredSeries: (account, least) => (isMine(account) ? store.scoredSeries(account, least) : []),
    scores: ({ account, series, ...span }) => {
      if (series !== undefined) return store.scores({ series: own(series), ...span })
      return account !== undefined && isMine(account) ? store.scores({ account, ...span }) : []
    },
    aggregateScores: (account, least) =>
      isMine(account) ? store.aggregateScores(account, least) : [],
    baseline: (ref, errorCode) => store.baseline(own(ref), errorCode),
    baselines: (filter, page) => pageOf(narrowed(filter), (each) => store.baselines(each, page)),
    standingKinds: (account) => (isMine(account) ? store.standingKinds(account) : new Map()),
    expectations: (ref, code, from, until) => store.expectations(own(ref), code, from, until),
    law: (account, day) => (isMine(account) ? store.law(account, day) : null),
    ...OF_ALL,
    version: () => store.version(),
    snapshot: (ask) => store.snapshot(ask),
    close: () => store.close(),
  }
}

/** Nothing where no account is left to ask for. */
function pageOf<Filter extends SeriesFilter, Row>(
  filter: Filter,
  ask: (filter: Filter) => Page<Row>,
): Page<Row> {
  return filter.account?.length === 0 ? { rows: [], next: null } : ask(filter)
}

/** What speaks of all accounts together. */
const OF_ALL = {
  standing: refused,
  insightTallies: refused,
  totals: refused,
  runs: refused,
  rejects: refused,
  ledger: refused,
  wasRead: refused,
  meta: refused,
  audit: refused,
}

function refused(): never {
  throw new Fault('NOT_FOUND', 'this speaks of all accounts together')
}
