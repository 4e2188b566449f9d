import { binomial, overdispersed } from '../draws.ts'
import { between, pick, whole } from '../random.ts'
import { runsOf } from '../shapes/jobs.ts'
import { surpriseAbove, surpriseBelow } from '../window-law.ts'
import { type Planted, type Site, type Slot, scatter } from './site.ts'
import { drawSurprise, extraFor, foundFrom, LEAST_CALLS, strengthOf } from './strength.ts'

/** More calls than usual: half of them in proportion to what is usual there, half evenly. */
export function plantRise(site: Site, slot: Slot): Planted {
  const { random, timeline, calls, laws, made } = site
  const { from, until, strength } = slot
  const law = laws(from, until)
  const surprise = drawSurprise(random, timeline, strength, law)
  const extra = extraFor(surprise, law, LEAST_CALLS[strength])
  const average = law.mean / (until - from)
  const weights = made.stream.truth.mean.slice(from, until).map((mean) => mean + average)
  scatter(random, calls, extra, { from, weights })
  return slot
}

/** Fewer calls than usual, where enough of them are expected that their absence shows. */
export function plantDrop(site: Site, slot: Slot): Planted {
  const { random, timeline, calls, laws } = site
  const { from, until } = slot
  const law = laws(from, until)
  if (law.mean < 30) return null
  const wanted = drawSurprise(random, timeline, slot.strength, law)
  const most = surpriseBelow(0, law)
  const strength = most < wanted ? strengthOf(most, timeline) : slot.strength
  if (strength === null) return null
  let kept = 0
  for (let share = 0.98; share > 0 && kept === 0; share -= 0.02) {
    if (surpriseBelow(Math.round(law.mean * share), law) >= wanted) kept = share
  }
  for (let at = from; at < until; at++) calls[at] = binomial(random, calls[at] as number, kept)
  return { from, until, strength }
}

/** A job's run, or a part of it, some hours early or late. */
export function plantMovedRun(site: Site, slot: Slot): Planted {
  const { random, timeline, calls, laws, made } = site
  const { job } = made
  if (job === null || job.periodHours < 6) return null
  const hour = runsOf(timeline, job).find((run) => run * timeline.perHour >= slot.from)
  if (hour === undefined) return null
  const from = Math.floor(hour * timeline.perHour)
  const late = (job.jitterMinutes + job.durationMinutes) / 60
  const until = Math.ceil((hour + late) * timeline.perHour)
  const furthest = Math.min(8, Math.floor(job.periodHours / 2))
  const moved = whole(random, 2, furthest) * pick(random, [-1, 1, 1]) * timeline.perHour
  if (from + moved < 0 || until + moved > timeline.buckets) return null
  const law = laws(from + moved, until + moved)
  const wanted = extraFor(drawSurprise(random, timeline, slot.strength, law), law, LEAST_CALLS.low)
  const expected = laws(from, until).mean
  if (expected < LEAST_CALLS.low) return null
  const share = Math.min(1, wanted / expected)
  const surprise = surpriseAbove(Math.round(law.mean + share * expected), law)
  const strength = share < 1 ? slot.strength : strengthOf(surprise, timeline)
  if (strength === null) return null
  for (let at = from; at < until; at++) {
    const count = binomial(random, calls[at] as number, share)
    calls[at] = (calls[at] as number) - count
    calls[at + moved] = (calls[at + moved] as number) + count
  }
  return { from: Math.min(from, from + moved), until: Math.max(until, until + moved), strength }
}

/** A day whose season comes some hours early or late; as strong as it happens to be. */
export function plantMovedSeason(site: Site, slot: Slot): Planted {
  const { random, timeline, calls, laws, made } = site
  if (made.season === null) return null
  const { mean, noise } = made.season
  const moved = Math.round(between(random, 2, 5)) * pick(random, [-1, 1]) * timeline.perHour
  const first = Math.floor(slot.from / timeline.perDay) * timeline.perDay
  const meanAt = (at: number): number => mean[Math.max(0, at - moved)] as number
  const span = 3 * timeline.perHour
  let [from, until, best] = [Number.POSITIVE_INFINITY, 0, 0]
  for (let at = first; at + span <= first + timeline.perDay; at += timeline.perHour) {
    let count = 0
    for (let each = at; each < at + span; each++) count += meanAt(each)
    const law = laws(at, at + span)
    const surprise = Math.max(
      surpriseAbove(Math.round(count), law),
      surpriseBelow(Math.round(count), law),
    )
    best = Math.max(best, surprise)
    if (surprise < foundFrom(timeline) / 2) continue
    from = Math.min(from, at)
    until = at + span
  }
  const strength = strengthOf(best, timeline)
  if (strength === null) return null
  for (let at = first; at < first + timeline.perDay; at++) {
    const mu = meanAt(at)
    calls[at] = overdispersed(random, mu, noise.phi * mu + noise.alpha * mu * mu)
  }
  return { from, until, strength }
}
