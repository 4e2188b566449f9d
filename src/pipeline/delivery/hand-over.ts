import { Fault } from '../../base/fault.ts'
import type { Insight } from '../../insight/insight.ts'
import type { Sink } from '../../sink/sink.ts'
import type { Store } from '../../store/store.ts'
import { markOf } from './due.ts'
import type { News } from './news.ts'
import type { DeliveryReport } from './report.ts'
import { type Pause, patiently, type Sending, TRIES } from './send-all.ts'
import { healthOf, keepHealth, keepPlace, placeOf, type SinkHealth } from './sink-memory.ts'
import { after, isProbed, isResting, resting } from './sink-rest.ts'

/**
 * Hands one sink all insights that are due, together, and remembers how it fares. One behind a network is tried, and left alone, as
 * messengers are; a folder is tried in every run.
 */
export async function handOver(
  store: Store,
  sink: Sink,
  { news, pause, sinceMs }: { news: News; pause: Pause; sinceMs: number },
): Promise<DeliveryReport> {
  const { name } = sink
  const fresh = news.since(placeOf(store, name).change)
  const marks = store.delivered(name, fresh.map(markOf))
  const open = fresh.filter(
    (insight) => !marks.has(markOf(insight)) && (sink.takes?.(insight) ?? true),
  )
  const due = open.filter(({ startMs }) => startMs >= sinceMs)
  const health = healthOf(store, name)
  const sending = isResting(health, pause.now())
    ? resting(health)
    : await handAll(store, sink, due, { health, pause })
  const { sent, trouble } = sending
  const waiting = due.length - sent
  keepHealth(store, name, { ...sending.health, waiting })
  if (waiting === 0) {
    store.markDelivered(name, due.map(markOf))
    keepPlace(store, name, { change: news.upTo, lineMs: null, watermarks: [] })
  }
  return {
    ...{ sink: name, what: 'insight', dropped: 0, delivered: sent, waiting },
    ...{ history: open.length - due.length, trouble: waiting > 0 ? trouble : null },
  }
}

/** All or nothing: of what was written before a failure, the next try writes the same again. */
async function handAll(
  store: Store,
  sink: Sink,
  due: readonly Insight[],
  { health, pause }: { health: SinkHealth; pause: Pause },
): Promise<Sending> {
  const none = { health, sent: 0, dropped: 0, trouble: null }
  if (due.length === 0) return none
  const tries = isProbed(health) ? 1 : TRIES
  const outcome = await patiently(() => faultOf(sink.deliver(due)), { store, tries, pause })
  const nowMs = pause.now()
  const sending =
    outcome === null
      ? { ...none, health: { ...health, lastSentMs: nowMs }, sent: due.length }
      : { ...none, trouble: outcome.message }
  // A folder costs nothing to try.
  const isLocal = outcome instanceof Fault
  const fared = isLocal ? { ...health, trouble: outcome.message } : after(sending, nowMs)
  return { ...sending, health: fared }
}

async function faultOf(delivery: Promise<void>): Promise<Fault | null> {
  try {
    await delivery
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
