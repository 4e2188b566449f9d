import { GRID, PER_DAY, windowAt } from '../calendar.ts'
import type { Api } from '../catalogue.ts'
import type { Random } from '../random.ts'
import { call, caller, dayAt, type Stage, type Workload } from '../stage.ts'

/** Calls like clock-work, day and night. */
export interface Clock {
  readonly name: string
  readonly apis: readonly Api[]
  readonly everyMinutes: number
  /** How many machines do the same, each at its own minute. */
  readonly fleet: number
  readonly region?: string
  /** Launched for good at this share of the account's span. */
  readonly fromShare?: number
}

/** Minutes by which a tick comes early or late: the standard deviation. */
const JITTER = 0.25
const SKIP_SHARE = 0.003
/** Days between changes of a fleet of several. */
const RESIZE_DAYS = 30

/** Services and agents that poll: counts that vary less than chance would. */
export function clock(spec: Clock): Workload {
  return (stage) => {
    const random = stage.randomOf(`clock ${spec.name}`)
    const firstDay = dayAt(stage, spec.fromShare ?? 0)
    if (firstDay > stage.fromDay) note(stage, spec, { kind: 'launch', day: firstDay })
    const phases = Array.from({ length: 3 * spec.fleet }, () =>
      random.between(0, spec.everyMinutes),
    )
    let machines = spec.fleet
    for (let day = firstDay; day < stage.untilDay; day++) {
      const resized = resize(random, machines, spec.fleet)
      if (resized !== machines) note(stage, spec, { kind: 'level', day })
      machines = resized
      const ticks = ticksOf(random, phases.slice(0, machines), spec.everyMinutes)
      for (const [window, count] of ticks.entries()) {
        if (count > 0) poll(stage, random, spec, { window: windowAt(day, 0) + window, count })
      }
    }
  }
}

function note(
  stage: Stage,
  { name }: Clock,
  { kind, day }: { readonly kind: 'launch' | 'level'; readonly day: number },
): void {
  stage.note({ kind, window: windowAt(day, 0), what: `service/${name}` })
}

/** A fleet of several gains or loses a machine now and then. */
function resize(random: Random, machines: number, fleet: number): number {
  if (fleet === 1 || !random.chance(1 / RESIZE_DAYS)) return machines
  return Math.min(3 * fleet, Math.max(1, machines + (random.chance(0.5) ? 1 : -1)))
}

/** How many machines call in each window of a day. */
function ticksOf(random: Random, phases: readonly number[], everyMinutes: number): Int32Array {
  const windows = new Int32Array(PER_DAY + 1)
  for (const phase of phases) {
    for (let minute = phase; minute < 24 * 60; minute += everyMinutes) {
      const late = Math.max(0, minute + JITTER * random.normal())
      const at = Math.floor(late / GRID.windowMinutes)
      if (!random.chance(SKIP_SHARE)) windows[at] = (windows[at] as number) + 1
    }
  }
  return windows
}

function poll(
  stage: Stage,
  random: Random,
  { name, apis, region = stage.home }: Clock,
  moment: { readonly window: number; readonly count: number },
): void {
  const principal = caller(`service/${name}`, 'clock')
  for (const api of apis) call(stage, random, { api, region, principal, ...moment })
}
