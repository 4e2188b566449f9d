import { windowAt } from '../calendar.ts'
import { type Api, PAGES } from '../catalogue.ts'
import type { Random } from '../random.ts'
import {
  call,
  caller,
  chooseApis,
  officeMinute,
  type Stage,
  type Workload,
  workdays,
} from '../stage.ts'

/** How infrastructure as code is used in an account. */
export interface Terraform {
  /** Stacks of resources, each with its own APIs. */
  readonly stacks: number
  /** Times someone sits down to it on a working day. */
  readonly sittingsPerDay: number
  /** A plan before dawn that looks for drift. */
  readonly nightly?: boolean
}

/** One API of a stack and how many resources it is asked for. */
interface Refresh {
  readonly api: Api
  readonly resources: number
}

interface Stack {
  readonly reads: readonly Refresh[]
  readonly writes: readonly Api[]
}

const ROLE = caller('role/terraform', 'terraform')
const WEEKEND_SHARE = 0.04
const APPLY_SHARE = 0.4
/** Chance that one run is followed by another within minutes. */
const AGAIN_SHARE = 0.55
const NIGHT_MINUTE = 4 * 60

/** Bursts of plans and applies by one role: many APIs, a few calls each, again and again while someone tries. */
export function terraform({ stacks: stackCount, sittingsPerDay, nightly }: Terraform): Workload {
  return (stage) => {
    const random = stage.randomOf('terraform')
    const stacks = Array.from({ length: stackCount }, () => stackOf(random))
    for (const { day, share } of workdays(stage, WEEKEND_SHARE)) {
      if (nightly === true) {
        const minute = NIGHT_MINUTE + random.between(0, 6)
        for (const stack of stacks) refresh(stage, random, stack, { day, minute })
      }
      const sittings = random.poisson(sittingsPerDay * share)
      for (let sat = 0; sat < sittings; sat++) sit(stage, random, random.pick(stacks), day)
      grow(random, stacks)
    }
  }
}

function stackOf(random: Random): Stack {
  const pages = random.some(PAGES.slice(0, 24), random.whole(4, 8))
  const apis = chooseApis(random, pages, { count: random.whole(16, 40), writeShare: 0.3 })
  return {
    reads: apis
      .filter(({ isWrite }) => !isWrite)
      .map((api) => ({ api, resources: random.calls(2, 1.1) })),
    writes: apis.filter(({ isWrite }) => isWrite),
  }
}

function sit(stage: Stage, random: Random, stack: Stack, day: number): void {
  let minute = officeMinute(stage, random)
  for (;;) {
    refresh(stage, random, stack, { day, minute })
    if (random.chance(APPLY_SHARE)) apply(stage, random, stack, { day, minute: minute + 3 })
    if (!random.chance(AGAIN_SHARE)) return
    minute += random.between(4, 25)
  }
}

interface Moment {
  readonly day: number
  readonly minute: number
}

function refresh(stage: Stage, random: Random, { reads }: Stack, { day, minute }: Moment): void {
  for (const { api, resources } of reads) {
    const window = windowAt(day, minute + random.between(0, 2))
    call(stage, random, { api, region: stage.home, window, principal: ROLE, count: resources })
  }
}

function apply(stage: Stage, random: Random, { writes }: Stack, { day, minute }: Moment): void {
  for (const api of random.some(writes, random.whole(1, 5))) {
    const window = windowAt(day, minute + random.between(0, 4))
    const count = random.calls(1.4, 0.7)
    call(stage, random, { api, region: stage.home, window, principal: ROLE, count })
  }
}

/** Once in a while a stack has a resource more, or a new kind of one. */
function grow(random: Random, stacks: Stack[]): void {
  if (!random.chance(0.08)) return
  const place = random.below(stacks.length)
  const stack = stacks[place] as Stack
  const grown = random.below(stack.reads.length)
  const reads = stack.reads.map((read, at) =>
    at === grown ? { ...read, resources: read.resources + 1 } : read,
  )
  const api = random.pick(random.pick(PAGES))
  const isNew = !api.isWrite && reads.every((read) => read.api !== api)
  stacks[place] = {
    ...stack,
    reads: isNew && random.chance(0.5) ? [...reads, { api, resources: 1 }] : reads,
  }
}
