/** A stretch of time; epoch milliseconds, its end not part of it. */
export interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
}

const HOUR_MS = 3_600_000

/** The same time in as few stretches as hold it, ascending. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = []
  for (const each of [...stretches].sort((one, other) => one.fromMs - other.fromMs)) {
    const last = result.at(-1)
    if (last === undefined || last.untilMs < each.fromMs) result.push(each)
    else if (last.untilMs < each.untilMs)
      result.splice(-1, 1, { fromMs: last.fromMs, untilMs: each.untilMs })
  }
  return result
}

/** What of the stretches lies in none of the others. */
export function without(
  stretches: readonly Stretch[],
  others: readonly Stretch[],
): readonly Stretch[] {
  return joined(others).reduce<readonly Stretch[]>(
    (left, { fromMs, untilMs }) =>
      left
        .flatMap((each) => [
          { fromMs: each.fromMs, untilMs: Math.min(each.untilMs, fromMs) },
          { fromMs: Math.max(each.fromMs, untilMs), untilMs: each.untilMs },
        ])
        .filter((each) => each.fromMs < each.untilMs),
    joined(stretches),
  )
}

/** The whole clock hours (UTC) within stretches, those that follow each other joined. */
export function wholeHours(stretches: readonly Stretch[]): readonly Stretch[] {
  return joined(stretches)
    .map(({ fromMs, untilMs }) => ({
      fromMs: Math.ceil(fromMs / HOUR_MS) * HOUR_MS,
      untilMs: Math.floor(untilMs / HOUR_MS) * HOUR_MS,
    }))
    .filter(({ fromMs, untilMs }) => fromMs < untilMs)
}

/** The clock hours that stretches touch, those that follow each other joined. */
export function hoursAround(stretches: readonly Stretch[]): readonly Stretch[] {
  return joined(
    stretches.map(({ fromMs, untilMs }) => ({
      fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS,
      untilMs: Math.ceil(untilMs / HOUR_MS) * HOUR_MS,
    })),
  )
}

/** The clock hour around a moment. */
export function hourAround(timeMs: number): Stretch {
  const fromMs = Math.floor(timeMs / HOUR_MS) * HOUR_MS
  return { fromMs, untilMs: fromMs + HOUR_MS }
}

export const includes = (stretches: readonly Stretch[], timeMs: number): boolean =>
  stretches.some(({ fromMs, untilMs }) => fromMs <= timeMs && timeMs < untilMs)
