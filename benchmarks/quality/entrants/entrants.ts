import { nullEntrant, randomEntrant } from './baselines.ts'
import { type Entrant, ofEachRate } from './entrant.ts'
import { oracle } from './oracle.ts'
import { ABLATIONS, ours } from './ours.ts'
import { selfScaled } from './self-scaled.ts'
import { flatPoisson, trailingZ } from './trailing.ts'

/** Everyone who takes part, in the order of the table. */
export const ENTRANTS: readonly Entrant[] = [
  nullEntrant,
  randomEntrant,
  ofEachRate('flat-poisson', flatPoisson),
  ofEachRate('flat-poisson-scaled', selfScaled(flatPoisson)),
  ofEachRate('trailing-z', trailingZ),
  ofEachRate('trailing-z-scaled', selfScaled(trailingZ)),
  ours(),
  oracle,
]

/** Variants of our model with a part left out. */
export const VARIANTS: readonly Entrant[] = ABLATIONS.map(ours)
