import { Fault } from '../../base/fault.ts'
import { rfc3339 } from '../../base/times.ts'
import { Random } from '../../simulate/random.ts'

/** Windows of history in which incidents can be planted, and what may not happen meanwhile. */
export interface History {
  /** The account's first window. */
  readonly firstWindow: number
  /** The first window that is not complete. */
  readonly untilWindow: number
  readonly windowMinutes: number
}

/** What moments are drawn by. */
export interface DrawAsk {
  readonly repeats: number
  readonly seed: number
  /** Windows that are looked at from a moment on. */
  readonly windows: number
  /** Whether an anomaly stands in a span of windows as it is. */
  readonly isDisturbed: (fromWindow: number, untilWindow: number) => boolean
}

/** The newest days that moments are drawn from. */
const LAST_DAYS = 28
/** Draws for one moment before it is given up. */
const MOST_DRAWS = 200

/**
 * Draws moments from the last four weeks, and no earlier than from the middle of the history, at any time of day; none where an
 * anomaly stands as it is. Windows, ascending; the same for the same seed. Throws `NOT_ENOUGH_BASELINE` where there is no room.
 */
export function drawMoments(
  { firstWindow, untilWindow, windowMinutes }: History,
  { repeats, seed, windows, isDisturbed }: DrawAsk,
): readonly number[] {
  const latest = untilWindow - windows
  const middle = Math.ceil((firstWindow + untilWindow) / 2)
  const earliest = Math.max(middle, latest - (LAST_DAYS * 1440) / windowMinutes)
  if (latest < earliest) {
    throw new Fault(
      'NOT_ENOUGH_BASELINE',
      `history ends at ${rfc3339(untilWindow * windowMinutes * 60_000)}, too soon after its begin to plant anything in its second half: name moments by --at`,
    )
  }
  const random = new Random(seed, 'inject')
  const moments = Array.from({ length: repeats }, () => {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const window = earliest + random.below(latest - earliest + 1)
      if (!isDisturbed(window, window + windows)) return window
    }
    throw new Fault(
      'NOT_ENOUGH_BASELINE',
      'an anomaly of this API stood nearly all the time in the last weeks: name moments by --at',
    )
  })
  return moments.sort((one, other) => one - other)
}
