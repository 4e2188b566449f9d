/** A stretch of time that is fetched and remembered as one object. */
export interface Slice {
  /** Epoch milliseconds, inclusive. */
  readonly fromMs: number
  /** Epoch milliseconds. */
  readonly untilMs: number
  /** Long enough ago that no more events are expected in it: once read it need not be read again. */
  readonly settled: boolean
}

/** What is to be cut into slices, and when. */
export interface SliceSpan {
  readonly fromMs: number
  readonly untilMs: number
  readonly sliceMs: number
  readonly nowMs: number
}

/** Events appear minutes after the call they tell of; half an hour has been enough for nearly all. */
export const SETTLE_MS = 30 * 60_000
/** How far back CloudTrail answers. */
export const REACH_MS = 90 * 24 * 3_600_000

/**
 * A span as slices on a fixed grid of `sliceMs` since 1970, oldest first, so that a later run over another span cuts
 * the same slices and knows the finished ones by name. The first is always whole: it may begin before the span, but
 * not end before the 90 days CloudTrail keeps. The last ends with the span where that is long ago; where it is about
 * now, that slice too has the name it keeps when time has filled it.
 */
export function slicesOf({ fromMs, untilMs, sliceMs, nowMs }: SliceSpan): readonly Slice[] {
  const openEnd = untilMs >= nowMs - SETTLE_MS
  const endMs = Math.min(untilMs, nowMs)
  const slices: Slice[] = []
  let startMs = Math.floor(Math.max(fromMs, nowMs - REACH_MS) / sliceMs) * sliceMs
  for (; startMs < endMs; startMs += sliceMs) {
    const sliceEndMs = openEnd ? startMs + sliceMs : Math.min(startMs + sliceMs, endMs)
    slices.push({ fromMs: startMs, untilMs: sliceEndMs, settled: sliceEndMs <= nowMs - SETTLE_MS })
  }
  return slices
}
