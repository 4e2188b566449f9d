import { invariant } from '../invariant.ts'
import type { Baseline } from './baseline.ts'

/** A baseline as it is kept: JSON keeps every double exactly. */
export interface BaselineState extends Baseline {
  readonly version: 1
}

/** The form a baseline is stored in. */
export function toState(baseline: Baseline): BaselineState {
  return { version: 1, ...baseline }
}

/**
 * The baseline that was stored.
 * @throws Error where the version is unknown.
 */
export function fromState(state: BaselineState): Baseline {
  const { version, ...baseline } = state
  invariant(version === 1, `baseline version ${version} is unknown`)
  return baseline
}
