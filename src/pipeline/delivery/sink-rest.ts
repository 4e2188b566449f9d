import { rfc3339 } from '../../base/times.ts'
import type { Sending } from './send-all.ts'
import type { SinkHealth } from './sink-memory.ts'

/** Failing runs after which a sink is left alone for a while. */
const PATIENCE = 3
const FIRST_REST_MS = 5 * 60_000
const LONGEST_REST_MS = 60 * 60_000

/** Whether a sink was dead by the last runs, so that it is tried but once. */
export function isProbed({ failures }: SinkHealth): boolean {
  return failures >= PATIENCE
}

/** Whether a sink is left alone now. A clock that was put back does not prolong a rest. */
export function isResting({ retryAtMs }: SinkHealth, nowMs: number): boolean {
  return nowMs < retryAtMs && retryAtMs - nowMs <= LONGEST_REST_MS
}

/** What becomes of a run for a sink that is left alone. */
export function resting(health: SinkHealth): Sending {
  const { trouble, retryAtMs } = health
  const words = `${trouble ?? 'it failed'}; not tried again before ${rfc3339(retryAtMs)}`
  return { health, sent: 0, dropped: 0, trouble: words }
}

/** How a sink fares after a run that had something to tell it. */
export function after({ health, sent, trouble, dropped }: Sending, nowMs: number): SinkHealth {
  if (isResting(health, nowMs)) return health
  if (trouble === null || dropped > 0) return { ...health, failures: 0, retryAtMs: 0, trouble }
  const failures = sent > 0 ? 1 : health.failures + 1
  const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - PATIENCE))
  return { ...health, failures, retryAtMs: failures < PATIENCE ? 0 : nowMs + rest, trouble }
}
