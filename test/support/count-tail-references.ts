import { readFileSync } from 'node:fs'

/** Figures from 70-digit arithmetic; make-count-tail-references.py writes them. */
export interface CountTailReferences {
  /** Count, mean, variance, ln of the upper and of the lower mid-p tail. */
  readonly tails: readonly (readonly [number, number, number, number, number])[]
  /** Score and ln P(Z > score). */
  readonly logNormalSurvival: readonly (readonly [number, number])[]
  /** Argument and error of Stirling's formula. */
  readonly stirlingError: readonly (readonly [number, number])[]
  /** Argument and derivative of ln gamma. */
  readonly digamma: readonly (readonly [number, number])[]
}

export const references: CountTailReferences = JSON.parse(
  readFileSync(new URL('../fixtures/references/count-tails.json', import.meta.url), 'utf8'),
)

/** How far a figure is from its reference, as a share of the reference. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected)
}
