import { isWeekend, PER_DAY, windowAt } from '../calendar.ts'
import type { Api } from '../catalogue.ts'
import type { Random } from '../random.ts'
import { call, caller, dayAt, fail, type Stage, type Workload } from '../stage.ts'

/** A program with customers. */
export interface Application {
  readonly name: string
  /** Calls of each API on a working day. */
  readonly load: readonly { readonly api: Api; readonly perDay: number }[]
  readonly weekendShare: number
  readonly region?: string
  /** Launched for good at this share of the account's span. */
  readonly fromShare?: number
}

/** Noise of a window: variance = mean + NOISE mean². */
const NOISE = 0.15
/** Some days are busier than others: standard deviation of the logarithm. */
const DAY_SPREAD = 0.1
/** Days between deployments that change how often it calls. */
const LEVEL_DAYS = 35
const LEVEL_SPREAD = 0.35
const FAILING_SHARE = 0.004

/** Busy by day, quieter at night and at weekends, noisy; now and then a deployment changes its level for good. */
export function application(spec: Application): Workload {
  return (stage) => {
    const random = stage.randomOf(`application ${spec.name}`)
    const firstDay = dayAt(stage, spec.fromShare ?? 0)
    if (firstDay > stage.fromDay) note(stage, spec, { kind: 'launch', day: firstDay })
    let level = 1
    for (let day = firstDay; day < stage.untilDay; day++) {
      if (!isWeekend(day) && random.chance(1 / LEVEL_DAYS)) {
        level = Math.min(5, Math.max(0.2, level * random.logNormal(1, LEVEL_SPREAD)))
        note(stage, spec, { kind: 'level', day })
      }
      const busy = random.logNormal(1, DAY_SPREAD) * (isWeekend(day) ? spec.weekendShare : 1)
      serveDay(stage, random, spec, { day, level: level * busy })
    }
  }
}

function note(
  stage: Stage,
  { name }: Application,
  { kind, day }: { readonly kind: 'launch' | 'level'; readonly day: number },
): void {
  stage.note({ kind, window: windowAt(day, 0), what: `role/${name}` })
}

function serveDay(
  stage: Stage,
  random: Random,
  { name, load, region }: Application,
  { day, level }: { readonly day: number; readonly level: number },
): void {
  const principal = caller(`role/${name}`, 'application')
  const shared = { principal, region: region ?? stage.home }
  for (let at = 0; at < PER_DAY; at++) {
    const hour = (at / PER_DAY) * 24 + stage.zoneHours
    const share = (dayShape((hour + 24) % 24) / PER_DAY) * level
    for (const { api, perDay } of load) {
      const count = random.negativeBinomial(perDay * share, NOISE)
      if (count === 0) continue
      const attempt = { ...shared, api, window: windowAt(day, 0) + at, count }
      const failing = random.binomial(count, FAILING_SHARE)
      fail(stage, attempt, { code: 'ThrottlingException', count: failing })
      if (count > failing) call(stage, random, { ...attempt, count: count - failing })
    }
  }
}

/** The share of an average hour's calls at a local hour: a working day with an evening peak; means 1. */
function dayShape(hour: number): number {
  const bump = (peak: number, width: number): number => Math.exp(-(((hour - peak) / width) ** 2))
  return 0.3 + 1.72 * bump(11.5, 4) + 1.2 * bump(18.5, 2.2)
}
