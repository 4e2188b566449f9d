import { type MaxScores, reportMax28, scoreMax28 } from '../entrants/max28.ts'
import { type OurScores, reportOurs } from '../entrants/ours.ts'
import type { AttackKind } from '../simulate/account-work.ts'
import { equalNoise } from './equal-noise.ts'
import { weeksOf } from './noise.ts'
import { catchesOf, type Recall, recallsOf } from './recall.ts'
import { gather, type Reported } from './reported.ts'

/** An account scored twice: as it is, and with attacks in it. */
export interface Twins {
  readonly clean: OurScores
  readonly attacked: OurScores
}

type Recalls = ReadonlyMap<AttackKind, Recall>

/** How the entrants caught attacks at one budget, at equal noise. */
export interface Contest {
  readonly budget: number
  readonly ours: Recalls
  /** By incidents of the same accounts without the attacks: what luck catches. */
  readonly chance: Recalls
  readonly max28: Recalls
  /** The multiple at which max28 is as noisy as ours. */
  readonly multiple: number
  /** Incidents per clean account-week. */
  readonly noise: { readonly ours: number; readonly max28: number }
}

const MULTIPLES = { low: 0.51, high: 1000 }

/** Lets both entrants look at the same accounts at each budget. */
export function contestsOf(
  twins: readonly Twins[],
  budgets: readonly number[],
): readonly Contest[] {
  const plain = twins.map(({ clean, attacked }) => ({
    clean: scoreMax28(clean.work),
    attacked: scoreMax28(attacked.work),
  }))
  return budgets.map((budget) => contestAt(twins, plain, budget))
}

interface PlainTwins {
  readonly clean: MaxScores
  readonly attacked: MaxScores
}

function contestAt(twins: readonly Twins[], plain: readonly PlainTwins[], budget: number): Contest {
  const weeks = twins.reduce((sum, { clean }) => sum + weeksOf(clean.work), 0)
  const noiseOf = (accounts: readonly (readonly Reported[])[]): number =>
    accounts.reduce((sum, reported) => sum + gather(reported).length, 0) / weeks
  const quiet = twins.map(({ clean }) => reportOurs(clean, budget))
  const max28At = (multiple: number): number =>
    noiseOf(plain.map(({ clean }) => reportMax28(clean, multiple)))
  const ours = noiseOf(quiet)
  const multiple = equalNoise(max28At, ours, MULTIPLES)
  const recalls = (reports: readonly (readonly Reported[])[]): Recalls =>
    recallsOf(twins.flatMap((twin, at) => catchesOf(twin.attacked.work.labels, reports[at] ?? [])))
  return {
    budget,
    ours: recalls(twins.map(({ attacked }) => reportOurs(attacked, budget))),
    chance: recalls(quiet),
    max28: recalls(plain.map(({ attacked }) => reportMax28(attacked, multiple))),
    multiple,
    noise: { ours, max28: max28At(multiple) },
  }
}
