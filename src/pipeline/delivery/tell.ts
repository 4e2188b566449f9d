import type { Messenger } from '../../sink/sink.ts'
import type { Store } from '../../store/store.ts'
import { dueTo } from './due.ts'
import { isNewsTo, type News, placeNow } from './news.ts'
import type { DeliveryReport } from './report.ts'
import { type Pause, sendAll } from './send-all.ts'
import { healthOf, keepHealth, keepPlace, placeOf } from './sink-memory.ts'
import { after, isProbed, isResting, resting } from './sink-rest.ts'

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
    : await sendAll(store, messenger, due, { health, pause, isProbe: isProbed(health) })
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
