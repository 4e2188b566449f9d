import type { Insight } from '../../insight/insight.ts'
import { everyPage } from '../../store/every-page.ts'
import type { InsightChange, StoreReader } from '../../store/store.ts'
import type { SinkPlace } from './sink-memory.ts'

/** What is left to tell, read once for all sinks of a run. */
export interface News {
  /** Insights that stand and changed after a change, oldest first. */
  since(change: number): readonly Insight[]
  /** Number of the newest change by now. */
  readonly upTo: number
}

const PAGE = 500
const DAY_MS = 86_400_000

/** The news of a run. `after`: the earliest change that any sink was told up to; `sinceMs`: instead, all that starts from then on. */
export function newsOf(
  store: StoreReader,
  { after, sinceMs }: { readonly after: number; readonly sinceMs: number | null },
): News {
  const upTo = store.lastChange()
  if (sinceMs !== null) {
    const all = [...everyPage((page) => store.insights({ fromMs: sinceMs }, 'startTime', page))]
    return { upTo, since: () => all.map(({ insight }) => insight) }
  }
  const changes = [...changesAfter(store, after)].sort(
    ({ insight: a }, { insight: b }) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1),
  )
  return {
    upTo,
    since: (change) => changes.filter((each) => each.change > change).map(({ insight }) => insight),
  }
}

function* changesAfter(store: StoreReader, change: number): Generator<InsightChange> {
  let after = change
  for (;;) {
    const page = store.insightChanges({}, after, PAGE)
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.change ?? after
  }
}

/**
 * Whether an insight that nobody was told of is still news: it starts from the sink's line on, and was not made by data that came more
 * than a day after its time. So late files, a trail added later and other settings change history and wake nobody.
 */
export function isNewsTo(
  place: SinkPlace,
  { lineMs, store }: { readonly lineMs: number; readonly store: StoreReader },
): (insight: Insight) => boolean {
  const known = new Map(place.watermarks.map(([account, region, ms]) => [key(account, region), ms]))
  const marks = new Map<string, number>()
  for (const { account, region, watermarkMs } of store.watermarks()) {
    const mark = known.get(key(account, region)) ?? watermarkMs
    marks.set(key(account, region), mark)
    // Insights about all Regions of an account are as late as its latest Region.
    marks.set(account, Math.min(mark, marks.get(account) ?? mark))
  }
  return ({ account, region, startMs, detectedMs }) => {
    const mark = marks.get(key(account, region)) ?? marks.get(account) ?? 0
    return startMs >= lineMs && detectedMs >= mark - DAY_MS
  }
}

const key = (account: string, region: string): string => JSON.stringify([account, region])

/** Where a sink stands that was told of everything by now. */
export function placeNow(store: StoreReader, change: number, lineMs: number): SinkPlace {
  const watermarks = store
    .watermarks()
    .map(({ account, region, watermarkMs }) => [account, region, watermarkMs] as const)
  return { change, lineMs, watermarks }
}
