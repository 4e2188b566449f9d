import type { Insight } from '../insight/insight.ts'
import type { Sink } from '../sink/sink.ts'
import { everyPage } from '../store/every-page.ts'
import type { Store, StoreReader } from '../store/store.ts'

/** What one sink was given. */
export interface DeliveryReport {
  readonly sink: string
  readonly delivered: number
  /** Insights older than the delivery line: stored, not delivered. */
  readonly history: number
}

const SINCE = 'deliver-since'

/**
 * Hands every insight to every sink once per state (open, closed), in order of time. History that the first run scored is
 * kept back: it is stored and listed, but it is no news. A crash between handing over and marking repeats the same bytes.
 */
export async function deliver(
  store: Store,
  {
    sinks,
    deliverSinceMs,
  }: { readonly sinks: readonly Sink[]; readonly deliverSinceMs: number | null },
): Promise<readonly DeliveryReport[]> {
  const lineMs = firstRunLine(store)
  const sinceMs = deliverSinceMs ?? lineMs
  const reports: DeliveryReport[] = []
  for (const sink of sinks) {
    const marks = store.delivered(sink.name)
    const waiting = [...standing(store)].filter(
      (insight) => !marks.has(markOf(insight)) && (sink.takes?.(insight) ?? true),
    )
    const news = waiting.filter(({ startMs }) => startMs >= sinceMs)
    await sink.deliver(news)
    store.markDelivered(sink.name, news.map(markOf))
    reports.push({ sink: sink.name, delivered: news.length, history: waiting.length - news.length })
  }
  return reports
}

const markOf = ({ id, state }: Insight): string => `${id} ${state}`

/** Where the first run's data ended: kept, so that later runs draw the same line. */
function firstRunLine(store: Store): number {
  const kept = store.meta(SINCE)
  if (kept !== null) return Number(kept)
  const ends = store.watermarks().map(({ watermarkMs }) => watermarkMs)
  if (ends.length === 0) return 0
  const line = Math.max(...ends)
  store.setMeta(SINCE, String(line))
  return line
}

/** Every insight that stands, oldest first. */
export function* standing(store: StoreReader): Generator<Insight> {
  for (const { insight } of everyPage((page) => store.insights({}, 'startTime', page)))
    yield insight
}
