import { call, DAY_MS, HOUR_MS, type Stage } from '../act.ts'
import { type Account, AGENTS, PEOPLE, type Person, type Principal } from '../cast.ts'
import { openSession, type Session } from '../session.ts'
import { COMMANDS, PAGES, type Visit } from './visits.ts'

const WEEKEND_SHARE = 0.08
const PAGE_CALL_SHARE = 0.85

/** The day's sessions of people: minutes at the console or the command line, touching many APIs a few times each. */
export function playPeople(stage: Stage): void {
  const { account, day, random } = stage
  for (const person of PEOPLE) {
    const mean = person.sessionsPerDay * account.bustle * (day.isWeekend ? WEEKEND_SHARE : 1)
    const sessionCount = random.poisson(mean)
    for (let held = 0; held < sessionCount; held += 1) workAWhile(stage, person)
  }
}

/** Who a person is in an account: an IAM user in development, a role of the sign-on service elsewhere. */
export function principalOf(person: Person, account: Account, isConsole: boolean): Principal {
  const shared = {
    address: person.address,
    userAgent: isConsole ? consoleAgent(person) : AGENTS.cli,
    isConsole,
  }
  if (account.kind === 'development') return { ...shared, kind: 'user', name: person.name }
  return {
    ...shared,
    kind: 'role',
    name: 'AWSReservedSSO_PowerUserAccess_5c1f0a93d7e24b68',
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    sessionName: `${person.name}@shop.example`,
  }
}

function workAWhile(stage: Stage, person: Person): void {
  const { account, day, random } = stage
  const startMs = day.startMs + workingHour(stage, person) * HOUR_MS
  const isConsole = random.chance(person.consoleShare)
  const session = openSession(random, account, principalOf(person, account, isConsole), {
    atMs: startMs,
    region: random.chance(0.9) ? account.home : 'us-east-1',
  })
  if (isConsole) browse(stage, session, startMs)
  else typeCommands(stage, session, startMs)
}

function workingHour({ random }: Stage, { zoneHours }: Person): number {
  const local = Math.min(20, Math.max(7.5, 13 + 2.6 * random.normal()))
  return Math.min(local - zoneHours, DAY_MS / HOUR_MS - 0.5)
}

function browse(stage: Stage, session: Session, startMs: number): void {
  const { random } = stage
  let atMs = startMs
  call(stage, session, 'signin ConsoleLogin', atMs, {
    errorCode: random.chance(0.04) ? 'Failure' : null,
  })
  call(stage, session, 'health DescribeEventAggregates', atMs + 4000)
  call(stage, session, 'notifications ListNotificationHubs', atMs + 5000)
  const pageCount = Math.ceil(random.logNormal({ median: 4, spread: 0.7 }))
  for (let seen = 0; seen < pageCount; seen += 1) {
    atMs += random.logNormal({ median: 50_000, spread: 0.9 })
    open(stage, session, weighted(stage, PAGES), atMs)
  }
}

/** A page asks many things at once, some of them again and again. */
function open(stage: Stage, session: Session, { apis }: Visit, atMs: number): void {
  const { random } = stage
  for (const api of apis) {
    if (!random.chance(PAGE_CALL_SHARE)) continue
    const times = Math.round(random.logNormal({ median: 1, spread: 0.7 }))
    for (let asked = 0; asked < times; asked += 1) {
      call(stage, session, api, atMs + random.between(0, 6000))
    }
  }
}

function typeCommands(stage: Stage, session: Session, startMs: number): void {
  const { random } = stage
  let atMs = startMs
  call(stage, session, 'sts GetCallerIdentity', atMs)
  const commandCount = Math.ceil(random.logNormal({ median: 4, spread: 0.8 }))
  for (let typed = 0; typed < commandCount; typed += 1) {
    atMs += random.logNormal({ median: 40_000, spread: 1 })
    const { apis } = weighted(stage, COMMANDS)
    for (const api of apis) {
      atMs += random.between(1000, 9000)
      call(stage, session, api, atMs)
    }
  }
}

function weighted({ random }: Stage, visits: readonly Visit[]): Visit {
  const total = visits.reduce((sum, { weight }) => sum + weight, 0)
  let left = random.between(0, total)
  const found = visits.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  return found ?? (visits[0] as Visit)
}

function consoleAgent({ name }: Person): string {
  return name < 'd' ? AGENTS.firefox : AGENTS.chrome
}
