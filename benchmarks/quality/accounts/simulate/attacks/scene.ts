import type { AccountKind, ApiSeries, AttackKind, Label, Principal } from '../account-work.ts'
import { PER_DAY, PER_HOUR } from '../calendar.ts'
import { type Api, PAGES } from '../catalogue.ts'
import type { Random } from '../random.ts'
import { caller } from '../stage.ts'
import { type Call, keyOf } from '../work-log.ts'

/** An account with its peaceful work done, for attacks to be planted in. */
export interface Scene {
  readonly kind: AccountKind
  readonly home: string
  readonly fromDay: number
  readonly untilDay: number
  readonly principals: readonly Principal[]
  readonly series: readonly ApiSeries[]
  readonly random: Random
  readonly record: (call: Call) => void
}

/** An attack ready to happen at a window; undefined where the account has nothing for it. */
export type Attack = (scene: Scene, window: number) => Label | undefined

/** Who attacks: a stranger, or someone whose credentials were stolen. */
export function attackerIn({ random, principals }: Scene): Principal {
  const people = principals.filter(({ shape }) => shape === 'person')
  const isStranger = people.length === 0 || random.chance(0.5)
  return isStranger ? caller('user/intruder', 'intruder') : random.pick(people)
}

/** APIs that nobody in the account calls at home, before or after. */
export function unseenApis({ series, home }: Scene): readonly Api[] {
  const seen = new Set(series.map(({ key }) => key))
  return PAGES.flat().filter((api) => !seen.has(keyOf(home, api)))
}

/** Days of calls and number of calls up to which an API is rare. */
const RARE = { days: 8, calls: 60 }

/** APIs of the catalogue that were called before a window, on a few days of the whole span. */
export function rareApis({ series, home }: Scene, window: number): readonly Api[] {
  const byKey = new Map(series.map((each) => [each.key, each]))
  return PAGES.flat().filter((api) => {
    const counts = byKey.get(keyOf(home, api))?.calls.counts
    if (counts === undefined || (counts.at[0] ?? window) >= window) return false
    const days = new Set(counts.at.map((at) => Math.floor(at / PER_DAY)))
    return days.size <= RARE.days && sum(counts.count) <= RARE.calls
  })
}

/** Share of hours with calls from which a series is busy, and what it then has a day at least. */
const BUSY = { hours: 0.5, perDay: 40 }
const BUSY_DAYS = 21

/** Series that were busy in the three weeks before a window and go on to the end. */
export function busySeries({ series, untilDay }: Scene, window: number): readonly ApiSeries[] {
  const from = window - BUSY_DAYS * PER_DAY
  return series.filter(({ calls }) => {
    const { at, count } = calls.counts
    const before = [...at.keys()].filter((cell) => isBetween(at[cell], from, window))
    const hours = new Set(before.map((cell) => Math.floor((at[cell] as number) / PER_HOUR)))
    const total = before.reduce((all, cell) => all + (count[cell] as number), 0)
    const goesOn = (at.at(-1) ?? 0) >= (untilDay - 1) * PER_DAY
    return goesOn && hours.size >= BUSY.hours * BUSY_DAYS * 24 && total >= BUSY.perDay * BUSY_DAYS
  })
}

function isBetween(window: number | undefined, from: number, until: number): boolean {
  return window !== undefined && window >= from && window < until
}

function sum(counts: Int32Array): number {
  return counts.reduce((all, count) => all + count, 0)
}

/** A label over these APIs at home. */
export function labelOf(
  { home }: Scene,
  about: {
    readonly kind: AttackKind
    readonly apis: readonly Api[]
    readonly attacker: Principal
    readonly startWindow: number
    readonly windows: number
  },
): Label {
  return {
    kind: about.kind,
    startWindow: about.startWindow,
    endWindow: about.startWindow + about.windows,
    keys: about.apis.map((api) => keyOf(home, api)),
    principal: about.attacker.name,
  }
}
