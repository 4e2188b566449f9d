import { nullEntrant, randomEntrant } from './baselines.ts'
import { earsC2 } from './ears.ts'
import { type Entrant, ofEachRate, type ScoreRate } from './entrant.ts'
import { holtWinters } from './holt-winters.ts'
import { isolationForest } from './isolation-forest.ts'
import { max28 } from './max28.ts'
import { oracle } from './oracle.ts'
import { ABLATIONS, ours } from './ours.ts'
import { madZ, slotZ } from './robust.ts'
import { selfScaled } from './self-scaled.ts'
import { flatPoisson, trailingZ } from './trailing.ts'

const alsoScaled = (name: string, score: ScoreRate): readonly Entrant[] => [
  ofEachRate(name, score),
  ofEachRate(`${name}-scaled`, selfScaled(score)),
]

/** Everyone who takes part, in the order of the table. */
export const ENTRANTS: readonly Entrant[] = [
  nullEntrant,
  randomEntrant,
  ...alsoScaled('flat-poisson', flatPoisson),
  ...alsoScaled('trailing-z', trailingZ),
  ...alsoScaled('mad-z', madZ),
  ...alsoScaled('slot-z', slotZ),
  ...alsoScaled('ears-c2', earsC2),
  ofEachRate('holt-winters', holtWinters),
  ofEachRate('isolation-forest', isolationForest),
  ofEachRate('max28', max28),
  ours(),
  oracle,
]

/** Variants of our model with a part left out. */
export const VARIANTS: readonly Entrant[] = ABLATIONS.map(ours)

/** The entrants that were asked for by name; all of them, with variants of ours if wanted, where none were. */
export function chosenFrom({
  entrants,
  ablations,
}: {
  readonly entrants: readonly string[] | null
  readonly ablations: boolean
}): readonly Entrant[] {
  const known = [...ENTRANTS, ...VARIANTS]
  if (entrants === null) return ablations ? known : ENTRANTS
  return entrants.map((name) => {
    const found = known.find((entrant) => entrant.name === name)
    if (found !== undefined) return found
    throw new Error(`no entrant ${name}; there are ${known.map((each) => each.name).join(', ')}`)
  })
}
