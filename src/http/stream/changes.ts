import { setTimeout as sleep } from 'node:timers/promises'
import { safeJson } from '../../sink/safe.ts'
import type { InsightChange, InsightFilter, StoreReader } from '../../store/store.ts'
import { insightItem } from '../reply/views.ts'

/** How a stream keeps time, milliseconds. */
export interface StreamPace {
  /** Between two looks at the store. */
  readonly pollMs: number
  /** Silence after which a comment keeps the connection. */
  readonly heartbeatMs: number
  /** Whole life: who asks again shows its token again. */
  readonly lifeMs: number
}

export const STREAM_PACE: StreamPace = { pollMs: 1_000, heartbeatMs: 15_000, lifeMs: 15 * 60_000 }

/** Rows of one look. */
const MOST = 100

/** What a stream is asked for. */
export interface StreamAsk {
  readonly filter: InsightFilter
  /** Number of the newest change that is known already. */
  readonly after: number
}

/**
 * Changes of insights as server-sent events (WHATWG HTML §9.2), each with the number of its change as id, until `signal` or the
 * end of its life.
 */
export async function* changesAsEvents(
  reader: StoreReader,
  { filter, after }: StreamAsk,
  { pollMs, heartbeatMs, lifeMs }: StreamPace,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const beganMs = performance.now()
  let spokenMs = beganMs
  let known = after
  yield `retry: ${Math.max(1_000, pollMs)}\n\n`
  while (!signal.aborted && performance.now() - beganMs < lifeMs) {
    const changes = reader.insightChanges(filter, known, MOST)
    for (const change of changes) yield eventOf(change)
    known = changes.at(-1)?.change ?? known
    if (changes.length > 0) spokenMs = performance.now()
    if (changes.length === MOST) continue
    if (performance.now() - spokenMs >= heartbeatMs) {
      spokenMs = performance.now()
      yield ': nothing new\n\n'
    }
    await sleep(pollMs, undefined, { signal }).catch(() => {})
  }
}

function eventOf(change: InsightChange): string {
  return `id: ${change.change}\nevent: ${kindOf(change)}\ndata: ${safeJson(insightItem(change))}\n\n`
}

function kindOf({ insight, revision, status }: InsightChange): string {
  if (status === 'retracted') return 'retracted'
  if (revision === 1) return 'new'
  return insight.state === 'closed' ? 'ended' : 'updated'
}
