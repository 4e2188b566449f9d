import type { Insight } from '../../insight/insight.ts'
import type { Messenger, Sink } from '../../sink/sink.ts'
import { allInsights } from '../../store/every-page.ts'
import { newestWatermarkMs } from '../../store/newest-watermark.ts'
import type { Store, StoreReader } from '../../store/store.ts'
import { handOver } from './hand-over.ts'
import { newsOf } from './news.ts'
import type { DeliveryReport } from './report.ts'
import type { Pause } from './send-all.ts'
import { placeOf } from './sink-memory.ts'
import { tell } from './tell.ts'

export interface DeliveryOptions {
  readonly sinks: readonly Sink[]
  readonly messengers?: readonly Messenger[]
  /** Insights that start from then on are news, whatever was told before; null: by the delivery line. */
  readonly deliverSinceMs: number | null
  readonly now: () => number
  /** How retries wait; left out: not at all. */
  readonly sleep?: (ms: number) => Promise<void>
  readonly random?: () => number
}

const SINCE = 'deliver-since'

/**
 * Hands every insight to every sink once per state (open, closed), and every incident to every messenger. History that the first run
 * scored is kept back: it is stored and listed, but it is no news. A crash between handing over and marking repeats the same. What a
 * place does not take waits for the next run; the others do not wait for it.
 */
export async function deliver(
  store: Store,
  options: DeliveryOptions,
): Promise<readonly DeliveryReport[]> {
  const { sinks, messengers = [], deliverSinceMs: sinceMs } = options
  // Without data there is no news, and nowhere to draw a line.
  if (store.watermarks().length === 0) return []
  const lineMs = firstRunLine(store)
  const places = [...sinks, ...messengers].map(({ name }) => placeOf(store, name).change)
  if (places.length === 0) return []
  const news = newsOf(store, { after: Math.min(...places), sinceMs })
  const { now, sleep = async () => {}, random = () => 1 } = options
  const pause: Pause = { now, sleep, random }
  const reports = await Promise.allSettled([
    ...sinks.map((sink) => handOver(store, sink, { news, pause, sinceMs: sinceMs ?? lineMs })),
    ...messengers.map((messenger) =>
      tell(store, messenger, { news, pause, sinceMs, lineMs: newestWatermarkMs(store) }),
    ),
  ])
  return reports.map((report) => {
    if (report.status === 'rejected') throw report.reason
    return report.value
  })
}

/** Where the first run's data ended: kept, so that later runs draw the same line. */
function firstRunLine(store: Store): number {
  const kept = store.meta(SINCE)
  if (kept !== null) return Number(kept)
  const line = newestWatermarkMs(store)
  store.setMeta(SINCE, String(line))
  return line
}

/** Every insight that stands, oldest first. */
export function* standing(store: StoreReader): Generator<Insight> {
  for (const { insight } of allInsights(store)) yield insight
}
