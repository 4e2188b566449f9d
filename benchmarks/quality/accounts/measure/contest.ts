import { type MaxScores, PLAIN_MULTIPLE, reportMax28, scoreMax28 } from '../entrants/max28.ts'
import { type OurReports, reportOurs } from '../entrants/ours.ts'
import type { AccountWork, AttackKind, Label } from '../simulate/account-work.ts'
import { PER_DAY } from '../simulate/calendar.ts'
import { equalNoise } from './equal-noise.ts'
import { weeksOf } from './noise.ts'
import { catchesOf, type Recall, recallsOf } from './recall.ts'
import { gather, type Reported } from './reported.ts'

/** An account scored twice: as it is, and with attacks in it. */
export interface Twins {
  readonly clean: OurReports
  readonly attacked: OurReports
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

/** Max28 as anyone would write it, at whatever noise it makes. */
export interface PlainRule {
  readonly multiple: number
  /** Incidents per clean account-week. */
  readonly noise: number
  readonly recalls: Recalls
}

/** All that attacked accounts showed. */
export interface Contests {
  readonly atBudgets: readonly Contest[]
  readonly plain: PlainRule
  /** Labels ours missed at the largest budget. */
  readonly missed: readonly Missed[]
}

/** An attack that went by unseen. */
export interface Missed {
  readonly account: string
  readonly label: Label
  /** Days of the account before it. */
  readonly ageDays: number
}

const MULTIPLES = { low: 0.51, high: 1000 }

/** Lets both entrants look at the same accounts at each budget. */
export function contestsOf(twins: readonly Twins[], budgets: readonly number[]): Contests {
  const plain = twins.map(({ clean, attacked }) => ({
    clean: scoreMax28(clean.work),
    attacked: scoreMax28(attacked.work),
  }))
  return {
    atBudgets: budgets.map((budget) => contestAt(twins, plain, budget)),
    plain: {
      multiple: PLAIN_MULTIPLE,
      noise: noiseAt(plain, PLAIN_MULTIPLE),
      recalls: recallsAt(plain, PLAIN_MULTIPLE),
    },
    missed: twins.flatMap(({ attacked }) => missedIn(attacked, Math.max(...budgets))),
  }
}

interface PlainTwins {
  readonly clean: MaxScores
  readonly attacked: MaxScores
}

function contestAt(twins: readonly Twins[], plain: readonly PlainTwins[], budget: number): Contest {
  const quiet = twins.map(({ clean }) => ({ ...clean, reported: reportOurs(clean, budget) }))
  const loud = twins.map(({ attacked }) => reportOurs(attacked, budget))
  const ours = perWeek(quiet)
  const multiple = equalNoise((knob) => noiseAt(plain, knob), ours, MULTIPLES)
  const recalls = (reports: readonly (readonly Reported[])[]): Recalls =>
    recallsOf(
      twins.flatMap(({ attacked }, at) => catchesOf(attacked.work.labels, reports[at] ?? [])),
    )
  return {
    budget,
    ours: recalls(loud),
    chance: recalls(quiet.map(({ reported }) => reported)),
    max28: recallsAt(plain, multiple),
    multiple,
    noise: { ours, max28: noiseAt(plain, multiple) },
  }
}

function noiseAt(plain: readonly PlainTwins[], multiple: number): number {
  return perWeek(plain.map(({ clean }) => ({ ...clean, reported: reportMax28(clean, multiple) })))
}

function recallsAt(plain: readonly PlainTwins[], multiple: number): Recalls {
  return recallsOf(
    plain.flatMap(({ attacked }) =>
      catchesOf(attacked.work.labels, reportMax28(attacked, multiple)),
    ),
  )
}

/** Incidents per account-week. */
function perWeek(
  accounts: readonly { readonly work: AccountWork; readonly reported: readonly Reported[] }[],
): number {
  const weeks = accounts.reduce((sum, { work }) => sum + weeksOf(work), 0)
  return accounts.reduce((sum, { reported }) => sum + gather(reported).length, 0) / weeks
}

function missedIn(attacked: OurReports, budget: number): readonly Missed[] {
  const { kind, seed, labels, fromWindow } = attacked.work
  const catches = catchesOf(labels, reportOurs(attacked, budget))
  return labels
    .filter((_, at) => catches[at]?.delay === null)
    .map((label) => ({
      account: `${kind} ${seed}`,
      label,
      ageDays: (label.startWindow - fromWindow) / PER_DAY,
    }))
}
