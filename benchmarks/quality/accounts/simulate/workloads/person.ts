import type { Principal } from '../account-work.ts'
import { windowAt } from '../calendar.ts'
import { type Api, PAGES, type Page } from '../catalogue.ts'
import type { Random } from '../random.ts'
import {
  call,
  dayAt,
  denied,
  fail,
  officeMinute,
  type Stage,
  type Workload,
  workdays,
} from '../stage.ts'

/** Someone with working hours and habits. */
export interface Person {
  readonly name: string
  /** Who CloudTrail says it is: themselves, or a role all share. */
  readonly principal: Principal
  /** Sessions on a working day, on average. */
  readonly sessionsPerDay: number
  /** First day at this share of the account's span. */
  readonly fromShare?: number
}

/** One sitting. */
interface Session {
  readonly person: Person
  readonly region: string
  readonly day: number
  readonly startMinute: number
  readonly minutes: number
  /** How thorough they are today: multiplies what every API is asked. */
  readonly zeal: number
}

const WEEKEND_SHARE = 0.05
/** Share of weeks in which a person is away. */
const AWAY_SHARE = 0.08
/** Popularity of a service falls with its place in a person's own order by this power (Zipf). */
const ZIPF = 1.15
/** Days after which a project ends and another service comes to the front. */
const PROJECT_DAYS = 17

/** A person's sessions: minutes at the console or the command line, many APIs a few times each. */
export function person(who: Person): Workload {
  return (stage) => {
    const random = stage.randomOf(`person ${who.name}`)
    const firstDay = dayAt(stage, who.fromShare ?? 0)
    let habits = orderOf(random)
    let isAway = false
    for (const { day, share } of workdays({ ...stage, fromDay: firstDay }, WEEKEND_SHARE)) {
      if (day % 7 === 4) isAway = random.chance(AWAY_SHARE)
      if (random.chance(1 / PROJECT_DAYS)) habits = newProject(random, habits)
      const sessions = isAway ? 0 : random.poisson(who.sessionsPerDay * share)
      for (const session of sessionsOn(stage, random, who, { day, sessions })) {
        sit(stage, random, { habits, session })
      }
    }
  }
}

/** Pages in the order of one person's taste: popular ones likely first. */
function orderOf(random: Random): readonly Page[] {
  return PAGES.map((page, place) => ({
    page,
    key: -Math.log(1 - random.uniform()) * (place + 2),
  }))
    .sort((one, other) => one.key - other.key)
    .map(({ page }) => page)
}

function newProject(random: Random, habits: readonly Page[]): readonly Page[] {
  const page = random.pick(habits)
  const rest = habits.filter((each) => each !== page)
  const place = random.below(4)
  return [...rest.slice(0, place), page, ...rest.slice(place)]
}

function sessionsOn(
  stage: Stage,
  random: Random,
  who: Person,
  { day, sessions }: { readonly day: number; readonly sessions: number },
): readonly Session[] {
  return Array.from({ length: sessions }, () => begin(stage, random, who, day))
}

function begin(stage: Stage, random: Random, who: Person, day: number): Session {
  return {
    person: who,
    region: random.chance(0.93) ? stage.home : 'us-east-1',
    day,
    startMinute: officeMinute(stage, random),
    minutes: Math.min(90, Math.max(5, random.logNormal(18, 0.8))),
    zeal: random.logNormal(1, 0.4),
  }
}

function sit(
  stage: Stage,
  random: Random,
  { habits, session }: { readonly habits: readonly Page[]; readonly session: Session },
): void {
  const weights = habits.map((_, place) => (place + 1) ** -ZIPF)
  const pages = Math.min(9, random.calls(2.6, 0.6))
  for (let seen = 0; seen < pages; seen++) {
    const page = habits[random.weighted(weights)] as Page
    open(stage, random, { page, session, minute: random.between(0, session.minutes) })
  }
  if (random.chance(0.12)) watch(stage, random, session, habits[random.weighted(weights)] as Page)
}

/** A page asks several things at once; a few are asked again and again, or in a loop. */
function open(
  stage: Stage,
  random: Random,
  { page, session, minute }: { readonly page: Page; session: Session; readonly minute: number },
): void {
  for (const [place, api] of page.entries()) {
    if (!random.chance((api.isWrite ? 0.12 : 0.75) / (1 + 0.25 * place))) continue
    const isLoop = random.chance(0.015)
    const calls = isLoop ? random.calls(14, 1) : random.calls(1.6 * session.zeal, 0.8)
    ask(stage, random, { api, session, minute, calls })
  }
}

function ask(
  stage: Stage,
  random: Random,
  { api, session, minute, calls }: { api: Api; session: Session; minute: number; calls: number },
): void {
  const at = (later: number): number => windowAt(session.day, session.startMinute + minute + later)
  const attempt = { api, region: session.region, principal: session.person.principal }
  if (random.chance(0.012)) {
    denied(stage, { ...attempt, window: at(0), count: Math.min(calls, random.whole(1, 3)) })
    return
  }
  if (random.chance(0.012)) {
    const count = random.whole(1, 2)
    fail(stage, { ...attempt, window: at(0), count }, { code: 'ValidationException', count })
  }
  const first = Math.ceil(calls * random.between(0.4, 1))
  call(stage, random, { ...attempt, window: at(0), count: first })
  if (calls > first) {
    call(stage, random, { ...attempt, window: at(random.between(2, 12)), count: calls - first })
  }
}

/** A page left open asks the same thing every minute or so. */
function watch(stage: Stage, random: Random, session: Session, page: Page): void {
  const api = page.find(({ isWrite }) => !isWrite)
  if (api === undefined) return
  const perWindow = random.between(1, 5)
  const { principal } = session.person
  for (let minute = 0; minute < session.minutes; minute += 5) {
    const count = random.poisson(perWindow)
    const window = windowAt(session.day, session.startMinute + minute)
    if (count > 0) call(stage, random, { api, region: session.region, window, principal, count })
  }
}
