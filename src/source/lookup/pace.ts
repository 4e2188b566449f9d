import type { Clock } from './clock.ts'

/** Resolves when the next call may start: calls wait in the order they asked. */
export type Pace = () => Promise<void>

/**
 * A token bucket that holds one token: however many share it, calls start at least 1 / `perSecond` apart, so that
 * no second ever sees more than the rate allows. A clock that is set back delays nobody by more than the queue.
 */
export function paceOf(perSecond: number, clock: Clock): Pace {
  const gapMs = 1000 / perSecond
  let freeAtMs = Number.NEGATIVE_INFINITY
  let waitingCount = 0
  return async () => {
    const nowMs = clock.now()
    const startMs = Math.min(Math.max(nowMs, freeAtMs), nowMs + (waitingCount + 1) * gapMs)
    freeAtMs = startMs + gapMs
    if (startMs === nowMs) return
    waitingCount += 1
    try {
      await clock.sleep(startMs - nowMs)
    } finally {
      waitingCount -= 1
    }
  }
}
