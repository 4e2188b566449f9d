import { Counter, Gauge, type Registry } from 'prom-client'
import { severityWord } from '../../insight/severity.ts'
import type { StoreReader } from '../../store/store.ts'

const RECENT_RUNS = 10
const LABEL_LENGTH = 128

/** What the store holds, read when the page is asked for. */
export function addStoreMetrics(registry: Registry, store: StoreReader): void {
  const registers = [registry]
  const insights = insightCountsOf(store)
  new Gauge({
    name: 'offtrail_insights',
    help: 'Insights that stand.',
    labelNames: ['type', 'direction', 'state', 'severity'],
    registers,
    collect() {
      this.reset()
      for (const { labels, count } of insights()) this.set(labels, count)
    },
  })
  new Gauge({
    name: 'offtrail_watermark_seconds',
    help: 'Until when the calls of an account and Region are known, seconds since 1970.',
    labelNames: ['account', 'region'],
    registers,
    collect() {
      this.reset()
      for (const { account, region, watermarkMs } of store.watermarks()) {
        this.set({ account: label(account), region: label(region) }, watermarkMs / 1000)
      }
    },
  })
  addRunMetrics(registry, store)
  addTotal(registry, 'offtrail_records_total', 'Records by what became of them.', 'outcome', () => {
    const { counted, duplicate, late, rejected, insights } = store.totals()
    return Object.entries({ counted, duplicate, late, rejected, insights })
  })
  addTotal(registry, 'offtrail_rejected_records_total', 'Rejected records.', 'code', () => [
    ...store.totals().rejectedByCode,
  ])
  addTotal(registry, 'offtrail_files_total', 'Files by what became of them.', 'outcome', () =>
    Object.entries(store.totals().objects),
  )
}

function addTotal(
  registry: Registry,
  name: string,
  help: string,
  labelName: string,
  read: () => readonly (readonly [string, number])[],
): void {
  new Counter({
    name,
    help,
    labelNames: [labelName],
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, count] of read()) this.inc({ [labelName]: label(value) }, count)
    },
  })
}

/** The newest run that ended: when, and how long it took. */
function addRunMetrics(registry: Registry, store: StoreReader): void {
  const ended = () => store.runs(RECENT_RUNS).find(({ finishedMs }) => finishedMs !== null)
  new Gauge({
    name: 'offtrail_last_run_end_seconds',
    help: 'When the newest run ended, seconds since 1970.',
    registers: [registry],
    collect() {
      this.reset()
      const run = ended()
      if (run?.finishedMs) this.set(run.finishedMs / 1000)
    },
  })
  new Gauge({
    name: 'offtrail_last_run_duration_seconds',
    help: 'How long the newest run that ended took.',
    registers: [registry],
    collect() {
      this.reset()
      const run = ended()
      if (run?.finishedMs) this.set((run.finishedMs - run.startedMs) / 1000)
    },
  })
}

type Labels = Record<'type' | 'direction' | 'state' | 'severity', string>

/** The counts, made anew when something was written to the store: all insights take part in them. */
function insightCountsOf(store: StoreReader): () => ReturnType<typeof insightCounts> {
  let kept: { readonly version: string; readonly counts: ReturnType<typeof insightCounts> } | null =
    null
  return () => {
    const version = store.version()
    if (kept?.version !== version) kept = { version, counts: insightCounts(store) }
    return kept.counts
  }
}

/** Severities fall into four words. */
function insightCounts(store: StoreReader): readonly { labels: Labels; count: number }[] {
  const counts = new Map<string, { labels: Labels; count: number }>()
  for (const { insightType, direction, state, severity, count } of store.insightTallies()) {
    const labels = { type: insightType, direction, state, severity: severityWord(severity) }
    const key = JSON.stringify(labels)
    counts.set(key, { labels, count: count + (counts.get(key)?.count ?? 0) })
  }
  return [...counts.values()]
}

const label = (text: string): string => text.slice(0, LABEL_LENGTH)
