import { type Act, actOf, DAY_MS, dayAt, HOUR_MS, MINUTE_MS } from '../act.ts'
import type { Account, AccountKind, Principal } from '../cast.ts'
import { Random } from '../random.ts'
import { openSession, type Session } from '../session.ts'
import type { IncidentKind, LabelledIncident } from './label.ts'

/** Calls of one API that do not happen. */
export interface Silence {
  readonly account: string
  readonly region: string
  readonly eventSource: string
  readonly eventName: string
  readonly startMs: number
  readonly endMs: number
}

/** One incident as planned: its label, the calls it adds, the calls it stops. */
export interface Plot {
  readonly label: LabelledIncident
  readonly acts: readonly Act[]
  readonly silence: Silence | null
}

/** The span in which incidents are placed. */
export interface Setting {
  readonly seed: number
  readonly startMs: number
  readonly dayCount: number
  readonly accounts: readonly Account[]
}

/** When a script is played. */
export interface When {
  /** Where in the last two thirds of the span it falls, 0 to 1. */
  readonly place: number
  /** Hour of the day, UTC. */
  readonly hour: number
  /** Moved off weekends. */
  readonly onWorkday?: boolean
}

/** Which calls a label is about; `null` is any. */
interface About {
  readonly region: string
  readonly eventSource: string | null
  readonly eventName: string | null
  readonly errorCode?: string
}

/** One incident in an account's life; it is written once for all seeds and spans. */
export interface Script {
  readonly id: string
  readonly kind: IncidentKind
  readonly account: AccountKind
  readonly when: When
  readonly about: About
  /** Somebody in particular acts: the first act's caller. */
  readonly hasPrincipal: boolean
  readonly title: string
  readonly play: (scene: Scene) => { readonly acts?: readonly Act[]; readonly silenceMs?: number }
}

/** Where and when a script is played. */
export interface Scene {
  readonly random: Random
  readonly account: Account
  readonly region: string
  readonly startMs: number
}

/** How calls of one API spread over time. */
export interface Spread {
  readonly api: string
  readonly count: number
  readonly minutes: number
  readonly errorCode?: string | null
  readonly target?: string
  /** Rising from nothing in a straight line, instead of evenly. */
  readonly isRising?: boolean
}

/** Stages a script in its account; `null` if that account is not simulated. */
export function stagePlot(setting: Setting, script: Script): Plot | null {
  const account = setting.accounts.find(({ kind }) => kind === script.account)
  if (account === undefined) return null
  const random = new Random(setting.seed, `incident/${script.id}`)
  const startMs = momentOf(setting, script.when) + random.below(25) * MINUTE_MS
  const { acts = [], silenceMs } = script.play({
    random,
    account,
    region: script.about.region,
    startMs,
  })
  const { kind, title, about } = script
  const times = acts.map(({ timeMs }) => timeMs)
  const matching = acts.filter((act) => isAbout(act, about))
  const label = {
    account: account.id,
    ...about,
    errorCode: about.errorCode ?? null,
    kind,
    title,
    startMs: silenceMs === undefined ? Math.min(...times) : startMs,
    endMs: silenceMs === undefined ? Math.max(...times) + 1000 : startMs + silenceMs,
    calls: matching.length,
    principal: script.hasPrincipal ? (acts[0]?.session.principal ?? null) : null,
  }
  return { label, acts, silence: silenceMs === undefined ? null : silenceOf(label) }
}

/** A session of `principal` on the scene. */
export function enter({ random, account, region, startMs }: Scene, principal: Principal): Session {
  return openSession(random, account, principal, { atMs: startMs, region })
}

/** Calls of one API by one session, spread over minutes. */
export function spread({ random, startMs, region }: Scene, session: Session, plan: Spread): Act[] {
  const { api, count, minutes, isRising = false, ...detail } = plan
  return Array.from({ length: count }, () => {
    const share = isRising ? Math.sqrt(random.uniform()) : random.uniform()
    return actOf(random, session, api, startMs + share * minutes * MINUTE_MS, { region, ...detail })
  })
}

/** The moment a share of the way through the last two thirds of the span, at an hour of its day. */
export function momentOf(
  { startMs, dayCount }: Pick<Setting, 'startMs' | 'dayCount'>,
  { place, hour, onWorkday = false }: When,
): number {
  const firstDay = Math.min(Math.ceil(dayCount / 3), dayCount - 1)
  const day = firstDay + Math.floor(place * (dayCount - firstDay))
  const moved = [day, day - 1, day - 2, day + 1, day + 2].find(
    (other) => other >= firstDay && other < dayCount && !dayAt(startMs, other).isWeekend,
  )
  return startMs + (onWorkday ? (moved ?? day) : day) * DAY_MS + hour * HOUR_MS
}

function isAbout({ api, errorCode }: Act, about: About): boolean {
  return (
    (about.eventSource === null || api.eventSource === about.eventSource) &&
    (about.eventName === null || api.eventName === about.eventName) &&
    (about.errorCode === undefined || errorCode === about.errorCode)
  )
}

function silenceOf(label: LabelledIncident): Silence {
  const { account, region, eventSource, eventName, startMs, endMs } = label
  return {
    account,
    region,
    eventSource: eventSource ?? '',
    eventName: eventName ?? '',
    startMs,
    endMs,
  }
}
