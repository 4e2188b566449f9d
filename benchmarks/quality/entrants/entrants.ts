import { ABLATIONS } from '../ablations/ablations.ts'
import { editedModel } from '../ablations/edited-model.ts'
import { nullEntrant, randomEntrant } from './baselines.ts'
import { earsC2 } from './ears.ts'
import { type Entrant, ofEachRate, type ScoreRate } from './entrant.ts'
import { holtWinters } from './holt-winters.ts'
import { isolationForest } from './isolation-forest.ts'
import { max28 } from './max28.ts'
import { oracle } from './oracle.ts'
import { ours } from './ours.ts'
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

/** The entrants asked for by name; where none were, all of them, or our model and its variants. */
export async function chosenFrom({
  entrants,
  ablations,
}: {
  readonly entrants: readonly string[] | null
  readonly ablations: boolean
}): Promise<readonly Entrant[]> {
  const variants = ['ours', ...ABLATIONS.map(({ name }) => name)]
  const all = ablations ? variants : ENTRANTS.map(({ name }) => name)
  const chosen: Entrant[] = []
  for (const name of entrants ?? all) chosen.push(await entrantOf(name))
  return chosen
}

async function entrantOf(name: string): Promise<Entrant> {
  const entrant = ENTRANTS.find((each) => each.name === name)
  if (entrant !== undefined) return entrant
  const ablation = ABLATIONS.find((each) => each.name === name)
  if (ablation !== undefined) return ours(name, await editedModel(ablation))
  const known = [...ENTRANTS, ...ABLATIONS].map((each) => each.name)
  throw new Error(`no entrant ${name}; there are ${known.join(', ')}`)
}
