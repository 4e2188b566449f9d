import type { Principal } from '../account-work.ts'
import { windowAt } from '../calendar.ts'
import { type Api, PAGES } from '../catalogue.ts'
import type { Random } from '../random.ts'
import {
  call,
  caller,
  chooseApis,
  dayAt,
  officeMinute,
  type Stage,
  type Workload,
  workdays,
} from '../stage.ts'

/** A pipeline of continuous integration. */
export interface Pipeline {
  readonly name: string
  readonly runsPerDay: number
  /** First day at this share of the account's span. */
  readonly fromShare?: number
}

interface Step {
  readonly api: Api
  readonly calls: number
}

const WEEKEND_SHARE = 0.06
/** A pipeline gains or loses a step about this often. */
const CHANGE_DAYS = 25

/** Deployments on working days: a burst on some 15 APIs, then one API asked until all is well. */
export function deployments({ name, runsPerDay, fromShare = 0 }: Pipeline): Workload {
  return (stage) => {
    const random = stage.randomOf(`pipeline ${name}`)
    const waiting = random.pick(PAGES.slice(0, 8))[1] as Api
    const deployer: Deployer = { principal: caller(`role/ci-${name}`, 'deployment'), waiting }
    const firstDay = dayAt(stage, fromShare)
    let steps = stepsOf(random)
    for (const { day, share } of workdays({ ...stage, fromDay: firstDay }, WEEKEND_SHARE)) {
      const runs = random.poisson(runsPerDay * share)
      if (random.chance(1 / CHANGE_DAYS))
        steps = [...steps.slice(1), ...stepsOf(random).slice(0, 1)]
      for (let run = 0; run < runs; run++) deploy(stage, random, deployer, { day, steps })
    }
  }
}

interface Deployer {
  readonly principal: Principal
  /** What it asks until all is well. */
  readonly waiting: Api
}

function deploy(
  stage: Stage,
  random: Random,
  { principal, waiting }: Deployer,
  { day, steps }: { readonly day: number; readonly steps: readonly Step[] },
): void {
  const minute = officeMinute(stage, random)
  const ask = (api: Api, later: number, count: number): void => {
    const window = windowAt(day, minute + later)
    call(stage, random, { api, region: stage.home, principal, window, count })
  }
  for (const { api, calls } of steps) ask(api, random.between(0, 7), calls)
  for (let left = random.calls(12, 0.5), later = 5; left > 0; later += 5) {
    const count = Math.min(left, random.whole(8, 14))
    ask(waiting, later, count)
    left -= count
  }
}

function stepsOf(random: Random): readonly Step[] {
  const pages = random.some(PAGES.slice(0, 20), 6)
  return chooseApis(random, pages, { count: random.whole(11, 18), writeShare: 0.5 }).map((api) => ({
    api,
    calls: random.calls(1.7, 0.7),
  }))
}
