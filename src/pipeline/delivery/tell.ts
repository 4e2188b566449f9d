import { rfc3339 } from '../../base/times.ts'
import type { Messenger } from '../../sink/sink.ts'
import type { Store } from '../../store/store.ts'
import { dueTo } from './due.ts'
import { isNewsTo, type News, placeNow } from './news.ts'
import type { DeliveryReport } from './report.ts'
import { type Pause, type Sending, sendAll } from './send-all.ts'
import { healthOf, keepHealth, keepPlace, placeOf, type SinkHealth } from './sink-memory.ts'

/** Failing runs after which a sink is left alone for a while. */
const PATIENCE = 3
const FIRST_REST_MS = 5 * 60_000
const LONGEST_REST_MS = 60 * 60_000

/**
 * Tells one messenger what is due, and remembers how far it got and how it fares. One that took nothing in three runs is left alone for
 * five minutes, then ten, at most an hour, and asked with a single message after that.
 */
export async function tell(
  store: Store,
  messenger: Messenger,
  { news, pause, ...line }: { news: News; pause: Pause; lineMs: number; sinceMs: number | null },
): Promise<DeliveryReport> {
  const { name } = messenger
  const place = placeOf(store, name)
  const health = healthOf(store, name)
  const lineMs = place.lineMs ?? line.lineMs
  const isNews =
    line.sinceMs === null ? isNewsTo(place, { lineMs, store }) : startsFrom(line.sinceMs)
  const { due, history } = dueTo(messenger, news.since(place.change), { store, isNews })
  const sending = isResting(health, pause.now())
    ? resting(health)
    : await sendAll(store, messenger, due, { health, pause, isProbe: health.failures >= PATIENCE })
  const { sent, dropped, trouble } = sending
  const waiting = due.length - sent - dropped
  const fared = due.length === 0 ? sending.health : after(sending, pause.now())
  keepHealth(store, name, { ...fared, waiting })
  // What waits is found again from where it was found, and judged by the watermarks of then.
  if (waiting === 0) keepPlace(store, name, placeNow(store, news.upTo, lineMs))
  else if (place.lineMs === null) keepPlace(store, name, { ...place, lineMs })
  return {
    ...{ sink: name, what: 'message', delivered: sent, history, waiting, dropped },
    trouble: waiting + dropped > 0 ? trouble : null,
  }
}

const startsFrom =
  (sinceMs: number) =>
  ({ startMs }: { readonly startMs: number }): boolean =>
    startMs >= sinceMs

/** A clock that was put back does not prolong a rest. */
function isResting({ retryAtMs }: SinkHealth, nowMs: number): boolean {
  return nowMs < retryAtMs && retryAtMs - nowMs <= LONGEST_REST_MS
}

function resting(health: SinkHealth): Sending {
  const { trouble, retryAtMs } = health
  const words = `${trouble ?? 'it failed'}; not tried again before ${rfc3339(retryAtMs)}`
  return { health, sent: 0, dropped: 0, trouble: words }
}

/** How a sink fares after a run that had something to tell it. */
function after({ health, sent, trouble, dropped }: Sending, nowMs: number): SinkHealth {
  if (isResting(health, nowMs)) return health
  if (trouble === null || dropped > 0) return { ...health, failures: 0, retryAtMs: 0, trouble }
  const failures = sent > 0 ? 1 : health.failures + 1
  const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - PATIENCE))
  return { ...health, failures, retryAtMs: failures < PATIENCE ? 0 : nowMs + rest, trouble }
}
