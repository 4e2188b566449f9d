import type { AccountWork, Principal, Tallied } from '../simulate/account-work.ts'
import { PER_DAY } from '../simulate/calendar.ts'

/** A stretch of one rate, to be blamed on somebody. */
export interface Suspicion {
  readonly tallied: Tallied
  readonly startWindow: number
  readonly endWindow: number
  readonly direction: 'up' | 'down'
}

/** Share of the excess above which one caller stands behind it; as in the product. */
const DOMINANT_SHARE = 0.5
const BASELINE_DAYS = 7

/**
 * The caller behind most of a stretch's excess over the seven days before (shortfall, of a fall);
 * null where nobody stands out.
 */
export function dominantOf({ principals }: AccountWork, suspicion: Suspicion): string | null {
  const { tallied, startWindow, endWindow, direction } = suspicion
  const baseFrom = (Math.floor(startWindow / PER_DAY) - BASELINE_DAYS) * PER_DAY
  const now = byCaller(tallied, startWindow, endWindow)
  const before = byCaller(tallied, baseFrom, startWindow)
  const sign = direction === 'up' ? 1 : -1
  const scale = (endWindow - startWindow) / (startWindow - baseFrom)
  const excess = (count = 0, usual = 0): number => sign * (count - usual * scale)
  const all = excess(sumOf(now), sumOf(before))
  const [leader] = [...new Set([...now.keys(), ...before.keys()])]
    .map((who) => ({ who, excess: excess(now.get(who), before.get(who)) }))
    .sort((one, other) => other.excess - one.excess)
  if (leader === undefined || all <= 0 || leader.excess <= DOMINANT_SHARE * all) return null
  return principals[leader.who]?.name ?? null
}

/** What sort of caller made most of the calls of a stretch. */
export function loudestOf(
  { principals }: AccountWork,
  { tallied, startWindow, endWindow }: Suspicion,
): Principal['shape'] | 'nobody' {
  const [loudest] = [...byCaller(tallied, startWindow, endWindow)].sort(
    ([, one], [, other]) => other - one,
  )
  return loudest === undefined ? 'nobody' : (principals[loudest[0]]?.shape ?? 'nobody')
}

function byCaller({ actors }: Tallied, from: number, until: number): Map<number, number> {
  const sums = new Map<number, number>()
  for (let cell = firstAt(actors.at, from); cell < actors.at.length; cell++) {
    if ((actors.at[cell] as number) >= until) break
    const who = actors.who[cell] as number
    sums.set(who, (sums.get(who) ?? 0) + (actors.count[cell] as number))
  }
  return sums
}

function sumOf(sums: ReadonlyMap<number, number>): number {
  return [...sums.values()].reduce((sum, count) => sum + count, 0)
}

/** The first place in ascending windows that is not before `window`. */
export function firstAt(at: Int32Array, window: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) < window) low = middle + 1
    else high = middle
  }
  return low
}
