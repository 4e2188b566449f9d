import { binomialInterval, type Interval } from '../../../models/index.ts'
import { type IncidentKind, largestSize } from './incident.ts'
import type { Find, Probe } from './probe.ts'

/** What became of incidents of one size. */
export interface SizeAnswer {
  readonly size: number
  readonly found: number
  readonly of: number
  /** Share that is found, with its exact 95 % interval. */
  readonly share: Interval & { readonly got: number }
  /** Medians of those that were found: minutes from the begin, severity and score; null: none was. */
  readonly delayMinutes: number | null
  readonly severity: number | null
  readonly score: number | null
}

/** What became of incidents of one kind. */
export interface KindAnswer {
  readonly kind: IncidentKind
  readonly sizes: readonly SizeAnswer[]
  /** The smallest size found at 9 of 10 moments; null: the largest that is tried, `largest`, is not. */
  readonly smallest: SizeAnswer | null
  /** The largest size known to be found at no moment; null: none is known. */
  readonly never: number | null
  readonly largest: number
}

/** Share of the moments at which a size must be found to count as seen. */
export const ENOUGH = 0.9
/** Where the search for the smallest size begins. */
const FIRST_GUESS = 16

/**
 * Tries incidents of a kind at every moment (windows, one or more): each of the sizes, and by bisection the smallest that is
 * found at 9 of 10 of them. Bisection takes larger incidents to be found where smaller ones are.
 */
export function kindAnswer(
  probe: Probe,
  ask: {
    readonly kind: IncidentKind
    readonly moments: readonly number[]
    readonly sizes: readonly number[]
  },
  onSize: (size: number) => void,
): KindAnswer {
  const { kind, moments } = ask
  const largest = largestSize(kind)
  const never = new Set<number>()
  const trySize = (size: number): SizeAnswer => {
    onSize(size)
    const finds = moments.map((fromWindow) => probe.find({ kind, size, fromWindow }))
    const answer = sizeAnswer(size, finds)
    if (answer.found === 0) never.add(size)
    return answer
  }
  const sizes = ask.sizes.map(trySize)
  const smallest = smallestOf(largest, (size) => {
    onSize(size)
    const { enough, found } = isEnough(moments, (fromWindow) =>
      probe.isFound({ kind, size, fromWindow }),
    )
    if (found === 0) never.add(size)
    return enough
  })
  return {
    ...{ kind, sizes, largest },
    smallest:
      smallest === null ? null : (sizes.find(({ size }) => size === smallest) ?? trySize(smallest)),
    never: never.size === 0 ? null : Math.max(...never),
  }
}

/** Whether 9 of 10 moments find something; gives up as soon as they cannot, with `found` null where not all were asked. */
function isEnough(
  moments: readonly number[],
  isFound: (moment: number) => boolean,
): { readonly enough: boolean; readonly found: number | null } {
  const needed = Math.ceil(ENOUGH * moments.length - 1e-9)
  let found = 0
  for (const [place, moment] of moments.entries()) {
    if (isFound(moment)) found += 1
    if (found >= needed) return { enough: true, found }
    const left = moments.length - place - 1
    if (found + left < needed) return { enough: false, found: left === 0 ? found : null }
  }
  return { enough: false, found }
}

/** The smallest whole size from 1 to the largest that is enough; null: none is. */
function smallestOf(largest: number, isEnoughAt: (size: number) => boolean): number | null {
  let under = 0
  let enough = Math.min(FIRST_GUESS, largest)
  while (!isEnoughAt(enough)) {
    if (enough === largest) return null
    under = enough
    enough = Math.min(4 * enough, largest)
  }
  while (enough - under > 1) {
    const middle = Math.floor((under + enough) / 2)
    if (isEnoughAt(middle)) enough = middle
    else under = middle
  }
  return enough
}

function sizeAnswer(size: number, finds: readonly (Find | null)[]): SizeAnswer {
  const found = finds.flatMap((find) => find ?? [])
  return {
    ...{ size, found: found.length, of: finds.length },
    share: { got: found.length / finds.length, ...binomialInterval(found.length, finds.length) },
    delayMinutes: middleOf(found.map(({ delayMinutes }) => delayMinutes)),
    severity: middleOf(found.map(({ severity }) => severity)),
    score: middleOf(found.map(({ score }) => score)),
  }
}

/** The median; of an even number of values the lower one, so that it is one of them. */
function middleOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}
