import type { Account } from './cast.ts'
import { type Api, apiOf } from './catalogue.ts'
import type { Random } from './random.ts'
import type { Session } from './session.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** One call that somebody makes, before it becomes a record. */
export interface Act {
  readonly api: Api
  readonly session: Session
  readonly region: string
  /** Epoch milliseconds, whole seconds. */
  readonly timeMs: number
  /** `null` is success. */
  readonly errorCode: string | null
  /** The bucket or role it is about; drawn where absent. */
  readonly target?: string
}

/** One UTC day of the simulated span. */
export interface Day {
  readonly index: number
  readonly startMs: number
  readonly isWeekend: boolean
  /** Monday is 0. */
  readonly weekday: number
}

/** Where a workload plays: one account, one day, a stream of chance of its own, and the acts so far. */
export interface Stage {
  readonly account: Account
  readonly day: Day
  readonly random: Random
  /** Multiplies the traffic of services and applications. */
  readonly scale: number
  readonly acts: Act[]
}

/** A workload adds one day of its calls to the stage. */
export type Workload = (stage: Stage) => void

/** What a call may say beyond who, what and when. */
export interface ActDetail {
  readonly region?: string
  /** Absent: the API's usual errors, at their usual share. */
  readonly errorCode?: string | null
  readonly target?: string
}

/** The call that `session` makes at `timeMs`; services with one endpoint for the world report from us-east-1. */
export function actOf(
  random: Random,
  session: Session,
  name: string,
  timeMs: number,
  { region = session.region, errorCode, target }: ActDetail = {},
): Act {
  const api = apiOf(name)
  return {
    api,
    session,
    region: api.isGlobal ? 'us-east-1' : region,
    timeMs: Math.floor(timeMs / 1000) * 1000,
    errorCode: errorCode === undefined ? usualError(api, random) : errorCode,
    ...(target === undefined ? {} : { target }),
  }
}

/** Adds a call to the stage. */
export function call(
  stage: Stage,
  session: Session,
  name: string,
  timeMs: number,
  detail: ActDetail = {},
): void {
  stage.acts.push(actOf(stage.random, session, name, timeMs, detail))
}

/** The UTC day `index` of a span that begins at `startMs`, a midnight. */
export function dayAt(startMs: number, index: number): Day {
  const dayMs = startMs + index * DAY_MS
  // 1970-01-01 was a Thursday.
  const weekday = (((Math.floor(dayMs / DAY_MS) + 3) % 7) + 7) % 7
  return { index, startMs: dayMs, weekday, isWeekend: weekday >= 5 }
}

function usualError(api: Api, random: Random): string | null {
  return api.usualError !== null && random.chance(api.usualError.share) ? api.usualError.code : null
}
