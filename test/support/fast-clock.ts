import type { Clock } from '../../src/source/lookup/clock.ts'

/** A clock that waits for nobody: sleeping moves it on at once. For one sleeper at a time. */
export interface FastClock extends Clock {
  /** Moves the clock on by hand. */
  advance(milliseconds: number): void
}

export function fastClock(startMs: number): FastClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    async sleep(milliseconds) {
      nowMs += milliseconds
    },
    advance(milliseconds) {
      nowMs += milliseconds
    },
  }
}
