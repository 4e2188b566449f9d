import type { Scratch } from '../series/scratch.ts'

/** Means of groups ("slots") of windows, drawn towards what is expected without knowing the group. */
export interface Slots {
  readonly means: Float64Array
  readonly parents: Float64Array
  /** Sampling variance of each mean. */
  readonly variances: Float64Array
  /** 0: never observed, the slot follows its parent. */
  readonly exposures: Float64Array
}

export interface Shrunk {
  readonly means: Float64Array
  /** Weight of a slot's own mean against its parent, 0 to 1. */
  readonly weights: Float64Array
}

/**
 * Empirical-Bayes shrinkage: how far the slots really differ from their parents is estimated by
 * moments, so flat series shrink fully and clockwork hardly at all (Efron and Morris 1975, with the
 * between-slot variance relative to the squared parent).
 */
export function shrink({ means, parents, variances, exposures }: Slots, scratch: Scratch): Shrunk {
  const tau2 = betweenSlots({ means, parents, variances, exposures })
  const shrunk = scratch.copy(parents)
  const weights = scratch.zeros(parents.length)
  for (let slot = 0; slot < parents.length; slot++) {
    const parent = parents[slot] as number
    const between = tau2 * parent * parent
    if (exposures[slot] === 0 || between === 0) continue
    const weight = between / (between + (variances[slot] as number))
    weights[slot] = weight
    shrunk[slot] = parent + weight * ((means[slot] as number) - parent)
  }
  return { means: shrunk, weights }
}

/** Variance between slots beyond what sampling explains, as a share of the squared parent. */
function betweenSlots({ means, parents, variances, exposures }: Slots): number {
  let excess = 0
  let scale = 0
  for (let slot = 0; slot < parents.length; slot++) {
    if (exposures[slot] === 0) continue
    const parent = parents[slot] as number
    const distance = (means[slot] as number) - parent
    excess += distance * distance - (variances[slot] as number)
    scale += parent * parent
  }
  return excess > 0 ? excess / scale : 0
}
