import { weekdayOf, windowAt } from '../calendar.ts'
import type { Api } from '../catalogue.ts'
import type { Random } from '../random.ts'
import { call, caller, dayAt, type Stage, type Workload } from '../stage.ts'

/** A program on a schedule. */
export interface Job {
  readonly name: string
  readonly steps: readonly { readonly api: Api; readonly calls: number }[]
  /** Hours of the day (UTC) it starts at. */
  readonly hours: readonly number[]
  /** 0 is Monday; every day where absent. */
  readonly weekday?: number
  /** Only every so many days, counted from the first. */
  readonly everyDays?: number
  readonly fromShare?: number
}

const SKIP_SHARE = 0.01
const LATE_SHARE = 0.02
/** What there is to do varies: standard deviation of the logarithm. */
const SPREAD = 0.12

/** The same calls in the same order, minutes late as a rule and hours late at times. */
export function job(spec: Job): Workload {
  return (stage) => {
    const random = stage.randomOf(`job ${spec.name}`)
    for (let day = dayAt(stage, spec.fromShare ?? 0); day < stage.untilDay; day++) {
      if (!isDue(spec, day, stage)) continue
      for (const window of startsOn(random, spec, day)) run(stage, random, spec, window)
    }
  }
}

function startsOn(random: Random, { hours }: Job, day: number): readonly number[] {
  return hours
    .filter(() => !random.chance(SKIP_SHARE))
    .map((hour) => {
      const late = random.chance(LATE_SHARE) ? random.between(30, 180) : random.between(0, 9)
      return windowAt(day, hour * 60 + late)
    })
}

function isDue({ weekday, everyDays = 1 }: Job, day: number, { fromDay }: Stage): boolean {
  return (weekday ?? weekdayOf(day)) === weekdayOf(day) && (day - fromDay) % everyDays === 0
}

function run(stage: Stage, random: Random, { name, steps }: Job, window: number): void {
  const principal = caller(`role/${name}`, 'job')
  let doneMinutes = 0
  for (const { api, calls } of steps) {
    const count = random.calls(calls, SPREAD)
    const at = window + Math.floor(doneMinutes / 5)
    call(stage, random, { api, region: stage.home, window: at, principal, count })
    doneMinutes += count / 12
  }
}
