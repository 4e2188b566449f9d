import { type Checked, doubtful, type Finding, fine } from '../../base/finding.ts'
import { rfc3339 } from '../../base/times.ts'
import type { StoreReader } from '../../store/store.ts'
import { healthOf } from '../delivery/sink-memory.ts'

/** How a sink fared by the last run: what waits, since when, what was given up, and whether it is left alone. */
export function checkDelivery(store: StoreReader, sink: string, nowMs: number): Finding {
  const of: Checked = { check: 'delivery', place: sink }
  const { failures, retryAtMs, trouble, lastSentMs, waiting, dropped } = healthOf(store, sink)
  const last =
    lastSentMs === null ? 'it never took a message' : `it last took one at ${rfc3339(lastSentMs)}`
  const words = [
    `messages waiting: ${waiting}, given up: ${dropped}; ${last}`,
    ...(trouble === null ? [] : [`it said ${trouble}`]),
    ...(failures === 0 ? [] : [`runs in a row that could not send all: ${failures}`]),
    ...(retryAtMs > nowMs ? [`it is left alone until ${rfc3339(retryAtMs)}`] : []),
  ].join('; ')
  const isWell = waiting === 0 && dropped === 0 && trouble === null && failures === 0
  return isWell
    ? fine(of, words)
    : doubtful(of, words, `offtrail sink test ${sink} says what comes back`)
}
