import type { AccountKind, AccountWork, Change, Label } from './account-work.ts'
import { plantAttacks } from './attacks/plant.ts'
import { FIRST_DAY, PER_DAY } from './calendar.ts'
import { castOf, SECOND_REGION } from './casts.ts'
import { Random } from './random.ts'
import type { Stage } from './stage.ts'
import { visits } from './usage.ts'
import { WorkLog } from './work-log.ts'

/** Which account to make; the same order gives the same account, call by call. */
export interface AccountOrder {
  readonly seed: number
  readonly kind: AccountKind
  readonly weeks: number
  /** Plants attacks; all other calls stay the same. */
  readonly attacked: boolean
}

/** When the trail of a second Region is added, as a share of the account's span. */
const SECOND_TRAIL_SHARE = 0.4

/** A whole account's calls and errors, simulated on the level of counts. */
export function makeAccount(order: AccountOrder): AccountWork {
  const { seed, kind, weeks, attacked } = order
  const random = new Random(seed, `${kind} account`)
  const fromDay = FIRST_DAY + random.below(7)
  const untilDay = fromDay + 7 * weeks
  // A trail is switched on in the middle of a day.
  const fromWindow = fromDay * PER_DAY + random.below(PER_DAY)
  const secondTrail = Math.floor(fromDay + SECOND_TRAIL_SHARE * 7 * weeks) * PER_DAY + 100
  const hasSecond = kind === 'growing'
  const log = new WorkLog({
    untilWindow: untilDay * PER_DAY,
    firstHeard: (region) => (hasSecond && region === SECOND_REGION ? secondTrail : fromWindow),
  })
  const changes: Change[] = hasSecond
    ? [{ kind: 'new trail', window: secondTrail, what: SECOND_REGION }]
    : []
  const stage: Stage = {
    kind,
    fromDay,
    untilDay,
    home: random.pick(['eu-west-1', 'us-east-1', 'us-west-2']),
    zoneHours: random.pick([-8, -5, 0, 1, 2, 5.5, 9]),
    isUsed: kind === 'dormant' ? visits(random, { fromDay, untilDay }) : () => true,
    randomOf: (stream) => new Random(seed, `${kind} ${stream}`),
    record: (call) => log.record(call),
    note: (change) => changes.push(change),
  }
  for (const workload of castOf(kind, random)) workload(stage)
  const labels = attacked ? attack(stage, log) : []
  const { principals, series } = log
  const untilWindow = untilDay * PER_DAY
  return { seed, kind, fromWindow, untilWindow, principals, series, labels, changes }
}

function attack(stage: Stage, log: WorkLog): readonly Label[] {
  const { kind, home, fromDay, untilDay, record } = stage
  const { principals, series } = log
  const random = stage.randomOf('attacks')
  return plantAttacks({ kind, home, fromDay, untilDay, record, principals, series, random })
}
