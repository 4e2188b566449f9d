import type { Ask, Page, Question } from './ask.ts'
import type { Clock } from './clock.ts'
import type { Pace } from './pace.ts'
import { accessFault, troubleOf } from './trouble.ts'

/** How to go on when a call fails, and by which time and luck. */
export interface Patience {
  readonly title: string
  readonly pace: Pace
  readonly clock: Clock
  /** A number from 0 to below 1, for jitter. */
  readonly random: () => number
}

const TRY_COUNT = 9
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

/**
 * Asks at the given pace and again where CloudTrail is throttling, failing or out of reach: after pauses between
 * nothing and a bound that doubles from one second to a minute (full jitter, after M. Brooker, "Exponential backoff
 * and jitter", 2015). Nine tries in all. Throws AWS_ACCESS where AWS refuses, else the SDK's error of the last try.
 */
export function patientAsk(ask: Ask, patience: Patience): Ask {
  return async (question) => {
    for (let failedCount = 0; ; failedCount += 1) {
      await patience.pace()
      const answer = await tried(ask, question)
      if ('page' in answer) return answer.page
      await pauseOrThrow(answer.error, failedCount + 1, patience)
    }
  }
}

async function tried(ask: Ask, question: Question): Promise<{ page: Page } | { error: unknown }> {
  try {
    return { page: await ask(question) }
  } catch (error) {
    return { error }
  }
}

async function pauseOrThrow(
  error: unknown,
  failedCount: number,
  patience: Patience,
): Promise<void> {
  const trouble = troubleOf(error)
  if (trouble === 'access') throw accessFault(error, patience)
  if (trouble === 'clock') {
    if (failedCount > 1) throw accessFault(error, patience)
    return
  }
  if (trouble !== 'busy' || failedCount >= TRY_COUNT) throw error
  const boundMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failedCount - 1))
  await patience.clock.sleep(patience.random() * boundMs)
}
