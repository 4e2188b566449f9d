import type { Label } from '../account-work.ts'
import { PER_DAY } from '../calendar.ts'
import { deniedSweep, drizzle, spike, sweep } from './bursts.ts'
import { lift } from './levels.ts'
import { type Attack, busySeries, type Scene } from './scene.ts'

/** Attacks of hours, one of each per account. */
const SHORT: readonly Attack[] = [
  spike('50 on a new API', 50, 'new'),
  spike('100 on a new API', 100, 'new'),
  spike('500 on a new API', 500, 'new'),
  spike('50 on a rare API', 50, 'rare'),
  spike('100 on a rare API', 100, 'rare'),
  spike('500 on a rare API', 500, 'rare'),
  drizzle('200 in 6 h', { calls: 200, windows: 72 }),
  sweep('60 APIs x 2', { apis: 60, windows: 4, callsOf: () => 2 }),
  deniedSweep('25 APIs denied', {
    apis: 25,
    windows: 6,
    callsOf: ({ random }) => random.whole(1, 3),
  }),
]

/** Days before the first attack, and after the last. */
const PEACE_DAYS = { first: 2, last: 1 }
/** Days of history that a rise of the level needs. */
const SETTLED_DAYS = 22
const LEVEL = { factor: 3, days: 3, pauseDays: 4 }
const CLIMB = { daily: 1.15, days: 21 }

/** Plants one attack of each kind that the account has room for, apart from each other in time. */
export function plantAttacks(scene: Scene): readonly Label[] {
  const level = plantLevel(scene)
  const climb = plantClimb(scene, new Set(level.flatMap(({ keys }) => keys)))
  return [...plantShort(scene), ...level, ...climb].sort(
    (one, other) => one.startWindow - other.startWindow,
  )
}

/** Each in a slot of its own, at any time of the day. */
function plantShort(scene: Scene): readonly Label[] {
  const { random, fromDay, untilDay } = scene
  const days = untilDay - PEACE_DAYS.last - fromDay - PEACE_DAYS.first
  const slot = (days * PER_DAY) / SHORT.length
  return random.some(SHORT, SHORT.length).flatMap((attack, place) => {
    const begin = (fromDay + PEACE_DAYS.first) * PER_DAY + place * slot
    return attack(scene, Math.floor(begin + random.between(0, 0.6) * slot)) ?? []
  })
}

/** Three times the level for days, a pause, and the same again. */
function plantLevel(scene: Scene): readonly Label[] {
  const { factor, days, pauseDays } = LEVEL
  const startWindow = startOf(scene, 2 * days + pauseDays)
  if (startWindow === undefined) return []
  const [series] = scene.random.some(busySeries(scene, startWindow), 1)
  if (series === undefined) return []
  const again = startWindow + (days + pauseDays) * PER_DAY
  const shared = { series, days, factorOn: () => factor }
  return [
    lift(scene, { ...shared, kind: '3x level', startWindow }),
    lift(scene, { ...shared, kind: '3x again', startWindow: again }),
  ]
}

/** A climb so slow that each day looks like the one before. */
function plantClimb(scene: Scene, taken: ReadonlySet<string>): readonly Label[] {
  const { daily, days } = CLIMB
  const startWindow = startOf(scene, days)
  if (startWindow === undefined) return []
  const free = busySeries(scene, startWindow).filter(({ key }) => !taken.has(key))
  const [series] = scene.random.some(free, 1)
  if (series === undefined) return []
  const factorOn = (day: number): number => daily ** (day + 1)
  return [lift(scene, { kind: '15 % a day', series, startWindow, days, factorOn })]
}

/** A window after the account has settled with room for so many days; undefined where there is none. */
function startOf({ random, fromDay, untilDay }: Scene, days: number): number | undefined {
  const room = untilDay - PEACE_DAYS.last - days - (fromDay + SETTLED_DAYS)
  if (room < 0) return undefined
  return Math.floor((fromDay + SETTLED_DAYS + random.between(0, room)) * PER_DAY)
}
