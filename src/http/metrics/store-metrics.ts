import { Counter, Gauge, type Registry } from 'prom-client'
import type { StoreReader } from '../../store/store.ts'

const STORE_PAGE = 500
const LABEL_LENGTH = 128

/** What the store holds, read when the page is asked for. */
export function addStoreMetrics(registry: Registry, store: StoreReader): void {
  const registers = [registry]
  const countInsights = insightCounter(store)
  new Gauge({
    name: 'offtrail_insights',
    help: 'Insights that stand.',
    labelNames: ['type', 'direction', 'state'],
    registers,
    collect() {
      this.reset()
      for (const { labels, count } of countInsights()) this.set(labels, count)
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

interface LabelledCount {
  readonly labels: Record<'type' | 'direction' | 'state', string>
  readonly count: number
}

/** Counts insights anew only after another run has ended: nothing else changes them. */
function insightCounter(store: StoreReader): () => readonly LabelledCount[] {
  let countedFor: string | null = null
  let counts: readonly LabelledCount[] = []
  return () => {
    const [run] = store.runs(1)
    const version = `${run?.id} ${run?.finishedMs}`
    if (version !== countedFor) {
      counts = countInsights(store)
      countedFor = version
    }
    return counts
  }
}

function countInsights(store: StoreReader): readonly LabelledCount[] {
  const counts = new Map<string, number>()
  let after: string | null = null
  do {
    const page = store.insights({}, 'startTime', { limit: STORE_PAGE, after })
    for (const { insight } of page.rows) {
      const key = `${insight.insightType} ${insight.direction} ${insight.state}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    after = page.next
  } while (after !== null)
  return [...counts].map(([key, count]) => {
    const [type = '', direction = '', state = ''] = key.split(' ')
    return { labels: { type, direction, state }, count }
  })
}

const label = (text: string): string => text.slice(0, LABEL_LENGTH)
