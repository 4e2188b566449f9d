import type { AccountKind, Principal } from './account-work.ts'
import { machineApi, PAGES } from './catalogue.ts'
import type { Random } from './random.ts'
import { caller, chooseApis, type Workload } from './stage.ts'
import { application } from './workloads/application.ts'
import { clock } from './workloads/clock.ts'
import { deployments } from './workloads/deployments.ts'
import { job } from './workloads/job.ts'
import { person } from './workloads/person.ts'
import { terraform } from './workloads/terraform.ts'

/** A Region in which a growing account hears nothing at first. */
export const SECOND_REGION = 'eu-central-1'

/** Who and what works in an account of each kind; the same names draw the same streams. */
export function castOf(kind: AccountKind, random: Random): readonly Workload[] {
  return CASTS[kind](random)
}

const CASTS: Readonly<Record<AccountKind, (random: Random) => readonly Workload[]>> = {
  people: (random) => [
    ...crew(random, { people: random.whole(2, 4), sessionsPerDay: 0.4 }),
    terraform({ stacks: 1, sittingsPerDay: 0.15 }),
    ...nightly(random, { jobs: random.whole(0, 1), largest: 3 }),
  ],
  team: (random) => [
    ...crew(random, { people: random.whole(5, 8), sessionsPerDay: 0.6 }),
    terraform({ stacks: 3, sittingsPerDay: 0.6, nightly: random.chance(0.5) }),
    deployments({ name: 'app', runsPerDay: 3 }),
    deployments({ name: 'site', runsPerDay: 1 }),
    ...clocks(random, { count: 6, names: 'clock' }),
    ...apps(random, { count: 2, busiest: 400, names: 'app' }),
    ...nightly(random, { jobs: 2, largest: 30 }),
    ...rarely(random),
    ...launches(random, 2),
  ],
  platform: (random) => [
    ...crew(random, { people: random.whole(3, 5), sessionsPerDay: 0.5 }),
    terraform({ stacks: 4, sittingsPerDay: 0.5, nightly: true }),
    deployments({ name: 'app', runsPerDay: 5 }),
    deployments({ name: 'site', runsPerDay: 2 }),
    ...clocks(random, { count: 9, names: 'clock' }),
    ...apps(random, { count: 4, busiest: 3000, names: 'app' }),
    ...nightly(random, { jobs: 3, largest: 60 }),
    hourly(random),
    ...rarely(random),
    ...launches(random, 2),
  ],
  dormant: (random) => [
    ...crew(random, { people: 2, sessionsPerDay: 1.5 }),
    terraform({ stacks: 2, sittingsPerDay: 0.7 }),
    ...(random.chance(0.5) ? [monthly(random)] : []),
  ],
  growing: (random) => [
    ...crew(random, { people: 3, sessionsPerDay: 0.5 }),
    ...crew(random, { people: 4, sessionsPerDay: 0.5, joining: true }),
    terraform({ stacks: 2, sittingsPerDay: 0.8 }),
    deployments({ name: 'app', runsPerDay: 2 }),
    deployments({ name: 'new', runsPerDay: 2, fromShare: random.between(0.2, 0.7) }),
    ...clocks(random, { count: 3, names: 'clock' }),
    ...clocks(random, { count: 3, names: 'far-clock', region: SECOND_REGION }),
    ...apps(random, { count: 1, busiest: 400, names: 'app' }),
    ...apps(random, { count: 1, busiest: 800, names: 'far-app', region: SECOND_REGION }),
    ...nightly(random, { jobs: 1, largest: 20 }),
    ...launches(random, 3),
  ],
}

const READER_SHARE = 0.5
const SHARED: Principal = caller('role/AWSReservedSSO_PowerUserAccess', 'person')

/** People: themselves in half of the accounts, one role of the sign-on service in the others. */
function crew(
  random: Random,
  spec: { readonly people: number; readonly sessionsPerDay: number; readonly joining?: boolean },
): readonly Workload[] {
  const isShared = random.chance(READER_SHARE)
  return Array.from({ length: spec.people }, (_, place) => {
    const name = `${spec.joining === true ? 'newcomer' : 'person'}-${place}`
    return person({
      name,
      principal: isShared ? SHARED : caller(`user/${name}`, 'person'),
      sessionsPerDay: random.logNormal(spec.sessionsPerDay, 0.5),
      fromShare: spec.joining === true ? random.between(0.1, 0.8) : 0,
    })
  })
}

interface Several {
  readonly count: number
  readonly names: string
  readonly region?: string
  readonly fromShare?: number
}

/** Half are of AWS and its agents alone; the others ask what people ask too, so that series mix. */
function clocks(random: Random, { count, names, ...rest }: Several): readonly Workload[] {
  return Array.from({ length: count }, (_, place) => {
    const name = `${names}-${place}`
    const isAgent = place % 2 === 0
    return clock({
      ...rest,
      name,
      apis: isAgent
        ? [machineApi('sts', `AssumeRole-${name}`)]
        : chooseApis(random, PAGES.slice(0, 15), { count: random.whole(1, 2), writeShare: 0 }),
      everyMinutes: random.pick([5, 15, 15, 30, 60]),
      fleet: isAgent ? random.pick([1, 1, 3, 6]) : 1,
    })
  })
}

function apps(
  random: Random,
  { count, names, busiest, ...rest }: Several & { readonly busiest: number },
): readonly Workload[] {
  return Array.from({ length: count }, (_, place) => {
    const name = `${names}-${place}`
    const own = [machineApi('kms', `Decrypt-${name}`)]
    const shared = chooseApis(random, PAGES.slice(0, 15), {
      count: random.whole(1, 2),
      writeShare: 0.5,
    })
    return application({
      ...rest,
      name,
      load: [...own, ...shared].map((api) => ({
        api,
        perDay: busiest * random.between(0.05, 1) ** 2,
      })),
      weekendShare: random.between(0.2, 0.9),
    })
  })
}

function nightly(
  random: Random,
  { jobs, largest }: { readonly jobs: number; readonly largest: number },
): readonly Workload[] {
  return Array.from({ length: jobs }, (_, place) =>
    job({
      name: `nightly-${place}`,
      steps: stepsOf(random, largest),
      hours: [random.whole(0, 23) + random.uniform()],
    }),
  )
}

function hourly(random: Random): Workload {
  const minute = random.uniform()
  const hours = Array.from({ length: 24 }, (_, hour) => hour + minute)
  return job({ name: 'hourly', steps: stepsOf(random, 8), hours })
}

/** A weekly and a monthly job. */
function rarely(random: Random): readonly Workload[] {
  const hours = [random.whole(0, 23) + random.uniform()]
  return [
    job({ name: 'weekly', steps: stepsOf(random, 40), hours, weekday: random.below(7) }),
    monthly(random),
  ]
}

function monthly(random: Random): Workload {
  const hours = [random.whole(0, 23) + random.uniform()]
  return job({ name: 'monthly', steps: stepsOf(random, 30), hours, everyDays: 30 })
}

function stepsOf(random: Random, largest: number): Parameters<typeof job>[0]['steps'] {
  const pages = random.some(PAGES.slice(0, 25), 3)
  return chooseApis(random, pages, { count: random.whole(3, 7), writeShare: 0.4 }).map((api) => ({
    api,
    calls: Math.max(1, Math.round(largest * random.uniform() ** 2)),
  }))
}

/** Services that begin one day and stay. */
function launches(random: Random, count: number): readonly Workload[] {
  return Array.from({ length: count }, (_, place) => {
    const fromShare = random.between(0.15, 0.9)
    const names = `launch-${place}`
    return random.chance(0.5)
      ? clocks(random, { count: 1, names, fromShare })
      : apps(random, { count: 1, busiest: 500, names, fromShare })
  }).flat()
}
