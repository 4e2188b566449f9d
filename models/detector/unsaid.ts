/** An anomaly as far as it matters what others say already. */
export interface Told {
  /** `eventSource:eventName`. */
  readonly api: string
  readonly region: string
  readonly direction: 'up' | 'down'
  /** Who was behind most of it; null where nobody stands out. */
  readonly principal: string | null
  readonly startWindow: number
  /** null: still going on. */
  readonly endWindow: number | null
  /** Of the most surprising of its alarms. */
  readonly surprise: number
  /** In the window that fired. */
  readonly count: number
  /** What is summed; null: one API. */
  readonly sum: ToldSum | null
}

/** What a sum over many APIs has besides. */
export interface ToldSum {
  readonly kind: string
  /** By everybody in one Region, or by one principal in all of them. */
  readonly scope: 'region' | 'principal'
  /** Of denied calls: the API (`eventSource:eventName`) that made at least half of them, if one did. */
  readonly mostly: string | null
}

/**
 * The sums that say something new. A Region's is left to the caller's own, where one caller is behind it and has one of
 * the same kind; of one caller's different APIs and those new to it, where most of them are new, the less surprising to
 * the other; a sum of calls to the API that made at least half of them, where that has an anomaly of its own. Sums of
 * APIs are about many of them, and are never said by one.
 */
export function unsaid<Sum extends Told>(
  sums: readonly Sum[],
  others: readonly Told[],
): readonly Sum[] {
  return sums.filter(
    (sum) =>
      !sums.some((other) => isCallersOwn(other, sum) || saysMore(other, sum)) &&
      !others.some((other) => isMostOf(other, sum)),
  )
}

function isCallersOwn(own: Told, told: Told): boolean {
  return (
    told.sum?.scope === 'region' &&
    own.sum?.scope === 'principal' &&
    own.sum.kind === told.sum.kind &&
    own.principal === told.principal &&
    overlap(own, told)
  )
}

/** The APIs one caller turned to, and those of them that are new to it: one sweep, told once. */
function saysMore(other: Told, told: Told): boolean {
  const isOfCaller = [other, told].every(({ sum }) => sum?.scope === 'principal')
  const [all, fresh] = other.sum?.kind === 'distinct' ? [other, told] : [told, other]
  return (
    isOfCaller &&
    all.sum?.kind === 'distinct' &&
    fresh.sum?.kind === 'newcomers' &&
    2 * fresh.count >= all.count &&
    other.principal === told.principal &&
    other.surprise > told.surprise &&
    overlap(other, told)
  )
}

function isMostOf(one: Told, { sum, ...told }: Told): boolean {
  if (sum === null || sum.mostly === null) return false
  return (
    one.api === sum.mostly &&
    (sum.scope === 'principal' || one.region === told.region) &&
    one.direction === 'up' &&
    overlap(one, told)
  )
}

type Spanned = Pick<Told, 'startWindow' | 'endWindow'>

function overlap(one: Spanned, other: Spanned): boolean {
  return (
    one.startWindow < (other.endWindow ?? Number.POSITIVE_INFINITY) &&
    other.startWindow < (one.endWindow ?? Number.POSITIVE_INFINITY)
  )
}
