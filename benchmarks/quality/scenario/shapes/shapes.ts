import { between, chance, pick, type Random, whole } from '../random.ts'
import { eachBucket, type Timeline } from '../timeline.ts'
import { addStreams } from '../truth.ts'
import type { Change } from '../work.ts'
import {
  type DrawPart,
  dailyJobPart,
  flatPart,
  jobPart,
  onTheHourPart,
  type Part,
  pollerPart,
  seasonalPart,
  sessionsPart,
  sparsePart,
  steadyLevel,
  stepLevel,
} from './parts.ts'

/** One API's calls before anything is planted. */
export interface Made extends Part {
  readonly changes: readonly Change[]
}

export interface Shape {
  readonly name: string
  /** How many of a hundred series; 0: only where a work is asked for that has no others. */
  readonly share: number
  readonly make: (random: Random, timeline: Timeline) => Made
}

/** What APIs look like, each with the reason it is here. */
export const SHAPES: readonly Shape[] = [
  /** Office hours of users and their tools: most of the volume of most accounts. */
  { name: 'seasonal', share: 20, make: plain(seasonalPart) },
  /** Machines around the clock: where a small lasting change should be found. */
  { name: 'flat', share: 8, make: plain(flatPart) },
  /** A few calls a week or day: most APIs of most accounts. */
  { name: 'sparse', share: 18, make: plain(sparsePart) },
  /** People: bursts of very unequal size, the source of most false alarms. */
  { name: 'sessions', share: 14, make: plain(sessionsPart) },
  /** Cron: nothing, then a thousand calls, always; some on periods that no calendar knows. */
  { name: 'job', share: 12, make: plain(jobPart) },
  /** Health checks: steadier than chance, so a Poisson interval is far too wide. */
  { name: 'poller', share: 4, make: plain(pollerPart) },
  /** Growth or decline of some percent a day: last month's mean is never right. */
  { name: 'trend', share: 5, make: trend },
  /** A release that halves or triples the calls for good: an alarm or two, not weeks of them. */
  { name: 'shift', share: 6, make: shift },
  /** A daily job that somebody added: legitimate, and old news after some days. */
  { name: 'new-job', share: 4, make: newJob },
  /** First called in mid-run: a third of an account's APIs are new within a month. */
  { name: 'new-api', share: 6, make: newApi },
  /** Switched off for good: silence that is no outage. */
  { name: 'vanishing', share: 3, make: vanishing },
  /** Everybody's schedules begin on the hour, so its first five minutes are unlike the others: only in works of its own. */
  { name: 'on-the-hour', share: 0, make: plain(onTheHourPart) },
]

function plain(draw: DrawPart): Shape['make'] {
  return (random, timeline) => ({ ...draw(random, timeline, steadyLevel(timeline)), changes: [] })
}

function trend(random: Random, timeline: Timeline): Made {
  const aDay = between(random, 0.01, 0.04) * (chance(random, 0.7) ? 1 : -1)
  const level = eachBucket(timeline, (at) => Math.exp(aDay * (at / timeline.perDay)))
  return { ...pick(random, [seasonalPart, flatPart])(random, timeline, level), changes: [] }
}

/** Between these days, at any hour. */
const someBucket = (random: Random, timeline: Timeline, days: readonly [number, number]): number =>
  Math.floor(between(random, ...days) * timeline.perDay)

function shift(random: Random, timeline: Timeline): Made {
  const at = someBucket(random, timeline, [9, 28])
  const after = chance(random, 0.4) ? 0.5 : between(random, 2, 3)
  const level = stepLevel(timeline, { at, before: 1, after })
  const draw = pick(random, [seasonalPart, seasonalPart, flatPart, sessionsPart, jobPart])
  return { ...draw(random, timeline, level), changes: [{ kind: 'shift', bucket: at }] }
}

function newJob(random: Random, timeline: Timeline): Made {
  const at = whole(random, 10, 28) * timeline.perDay
  const level = stepLevel(timeline, { at, before: 0, after: 1 })
  const base = pick(random, [seasonalPart, flatPart, sparsePart])
  const old = base(random, timeline, steadyLevel(timeline))
  const added = dailyJobPart(random, timeline, level)
  return {
    ...old,
    stream: addStreams(old.stream, added.stream),
    changes: [{ kind: 'new-job', bucket: at }],
  }
}

function newApi(random: Random, timeline: Timeline): Made {
  const at = someBucket(random, timeline, [2, 30])
  const level = stepLevel(timeline, { at, before: 0, after: 1 })
  const draw = pick(random, [seasonalPart, flatPart, sparsePart, sparsePart, sessionsPart, jobPart])
  return { ...draw(random, timeline, level), changes: [{ kind: 'new-api', bucket: at }] }
}

function vanishing(random: Random, timeline: Timeline): Made {
  const at = someBucket(random, timeline, [16, 30])
  const level = stepLevel(timeline, { at, before: 1, after: 0 })
  const draw = pick(random, [seasonalPart, flatPart, jobPart, pollerPart])
  return { ...draw(random, timeline, level), changes: [{ kind: 'stop', bucket: at }] }
}
