import { Fault } from '../base/fault.ts'
import { type Act, DAY_MS, type Day, dayAt, type Workload } from './act.ts'
import { type Account, castAccounts } from './cast.ts'
import { ATTACKS } from './incidents/attacks.ts'
import type { LabelledIncident, LookAlike } from './incidents/label.ts'
import { stageLookAlikes } from './incidents/look-alikes.ts'
import { MISHAPS } from './incidents/mishaps.ts'
import { type Setting, type Silence, stagePlot } from './incidents/plot.ts'
import { Random } from './random.ts'
import { collect, type Mailbox, post, type TrailFile } from './trail/delivery.ts'
import { playApplications } from './workloads/applications.ts'
import { playDeployments } from './workloads/deployments.ts'
import { playJobs } from './workloads/jobs.ts'
import { playPeople } from './workloads/people.ts'
import { playServices } from './workloads/services.ts'

export type { IncidentKind, LabelledIncident, LookAlike } from './incidents/label.ts'
export type { TrailFile } from './trail/delivery.ts'

export interface SimulateOptions {
  /** The same seed gives the same bytes. */
  readonly seed: number
  /** Days of traffic, 3 or more; detection needs about 28. */
  readonly days: number
  /** Epoch milliseconds; traffic begins on that UTC day, at midnight. */
  readonly startMs: number
  /** 1 to 100; the default 3 are a production, a development and a security account. */
  readonly accounts?: number
  /** Multiplies the traffic of services and applications, default 1; people and incidents stay as they are. */
  readonly scale?: number
}

/** Traffic of a made-up company, with what went wrong in it. */
export interface Simulation {
  /** The trail files in order of delivery, drawn anew each time; a day at a time is held in memory. */
  files(): Iterable<TrailFile>
  /** In order of time. */
  readonly incidents: readonly LabelledIncident[]
  readonly lookAlikes: readonly LookAlike[]
}

/** What happens beside the everyday traffic. */
interface Story {
  readonly acts: readonly Act[]
  readonly silences: readonly Silence[]
}

const WORKLOADS: Readonly<Record<string, Workload>> = {
  services: playServices,
  applications: playApplications,
  jobs: playJobs,
  people: playPeople,
  deployments: playDeployments,
}

/**
 * Traffic of several accounts as CloudTrail would deliver it, with labelled incidents in the last two thirds.
 * A function of its options alone: no clock, no disk. Throws `USAGE` where an option is out of range.
 */
export function simulate(options: SimulateOptions): Simulation {
  const { seed, days, accounts = 3, scale = 1 } = checked(options)
  const startMs = Math.floor(options.startMs / DAY_MS) * DAY_MS
  const setting = { seed, startMs, dayCount: days, accounts: castAccounts(accounts) }
  const plots = [...ATTACKS, ...MISHAPS].flatMap((script) => stagePlot(setting, script) ?? [])
  const lookAlikes = stageLookAlikes(setting)
  const story = {
    acts: [...plots, ...lookAlikes].flatMap(({ acts }) => acts),
    silences: plots.flatMap(({ silence }) => silence ?? []),
  }
  return {
    files: () => deliverSpan(setting, story, scale),
    incidents: plots.map(({ label }) => label).sort((a, b) => a.startMs - b.startMs),
    lookAlikes: lookAlikes.map(({ label }) => label),
  }
}

/** What is delivered by the end of the span; as in a living trail, the last minutes are still on their way. */
function* deliverSpan(setting: Setting, story: Story, scale: number): Generator<TrailFile> {
  const mailbox: Mailbox = { seed: setting.seed, drawers: new Map() }
  for (let index = 0; index < setting.dayCount; index += 1) {
    const day = dayAt(setting.startMs, index)
    for (const account of setting.accounts) {
      const acts = liveThrough(setting, account, day, story, scale)
      post(mailbox, account, acts, streamFor(setting, account, day, 'records'))
    }
    yield* collect(mailbox, day.startMs + DAY_MS)
  }
}

/** Everything that happens in one account on one day and before the end of the span. */
function liveThrough(
  setting: Setting,
  account: Account,
  day: Day,
  { acts: planned, silences }: Story,
  scale: number,
): readonly Act[] {
  const everyday = Object.entries(WORKLOADS).flatMap(([name, play]) => {
    const acts: Act[] = []
    play({ account, day, scale, acts, random: streamFor(setting, account, day, name) })
    return acts
  })
  const endMs = setting.startMs + setting.dayCount * DAY_MS
  const extra = planned.filter(
    ({ session, timeMs }) => session.account === account && isWithin(timeMs, day),
  )
  return [...everyday, ...extra].filter(
    (act) => act.timeMs < endMs && !silences.some((silence) => isSilenced(act, silence)),
  )
}

function isWithin(timeMs: number, { startMs }: Day): boolean {
  return timeMs >= startMs && timeMs < startMs + DAY_MS
}

function isSilenced({ api, session, region, timeMs }: Act, silence: Silence): boolean {
  return (
    timeMs >= silence.startMs &&
    timeMs < silence.endMs &&
    api.eventName === silence.eventName &&
    api.eventSource === silence.eventSource &&
    region === silence.region &&
    session.account.id === silence.account
  )
}

function streamFor({ seed }: Setting, { id }: Account, { index }: Day, purpose: string): Random {
  return new Random(seed, `${purpose}/${id}/${index}`)
}

function checked(options: SimulateOptions): SimulateOptions {
  const { days, accounts = 3, scale = 1, seed, startMs } = options
  requireNumber('days', days, { low: 3, high: 3660, isWhole: true })
  requireNumber('accounts', accounts, { low: 1, high: 100, isWhole: true })
  requireNumber('scale', scale, { low: 0.01, high: 1000, isWhole: false })
  requireNumber('seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, isWhole: true })
  requireNumber('startMs', startMs, { low: Date.UTC(2006), high: Date.UTC(2090), isWhole: true })
  return options
}

function requireNumber(
  name: string,
  value: number,
  { low, high, isWhole }: { low: number; high: number; isWhole: boolean },
): void {
  const isFine = value >= low && value <= high && (!isWhole || Number.isInteger(value))
  const kind = isWhole ? 'a whole number' : 'a number'
  if (!isFine)
    throw new Fault('USAGE', `${name} must be ${kind} from ${low} to ${high}, not ${value}`)
}
