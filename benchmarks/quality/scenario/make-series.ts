import { contaminate } from './anomalies/contaminate.ts'
import { drawKind, drawSlot, isErrorKind, type Room } from './anomalies/plan.ts'
import { plantDrop, plantMovedRun, plantMovedSeason, plantRise } from './anomalies/plant-calls.ts'
import { plantErrorBurst, plantRareCode, plantSlowErrorRise } from './anomalies/plant-errors.ts'
import type { ErrorSite, Planted, Site, Slot } from './anomalies/site.ts'
import { drawErrors, drawErrorTruth, sumCodes } from './draw-errors.ts'
import { chance, type Random, randomOf, whole } from './random.ts'
import type { Made, Shape } from './shapes/shapes.ts'
import type { Timeline } from './timeline.ts'
import { callLaws } from './window-law.ts'
import type { Kind, Label, WorkSeries } from './work.ts'

/** Which series to make. */
export interface Order {
  readonly seed: number
  readonly key: string
  readonly shape: Shape
  readonly timeline: Timeline
  /** Anomalies to plant; fewer are, where the series has no room for them. */
  readonly anomalies: number
}

/** Share of old series with a past that nobody cleaned. */
const CONTAMINATED = 0.12
/** Dice thrown for a free place before an anomaly is given up. */
const TRIES = 25

/** Draws one series and plants its anomalies. */
export function makeSeries({ seed, key, shape, timeline, anomalies }: Order): WorkSeries {
  const random = randomOf(seed, key)
  const made = shape.make(random, timeline)
  const calls = made.stream.counts
  const born = bornBucket(random, made, timeline)
  const site: Site = { random, timeline, made, calls, laws: callLaws(made.stream.truth, timeline) }
  const contaminated = born < timeline.perDay && chance(random, CONTAMINATED)
  if (contaminated) contaminate(site)
  const kinds = Array.from({ length: anomalies }, () => drawKind(random, made, timeline))
  const taken = keepOut(made, timeline)
  const early = plantAll(
    site,
    kinds.filter((kind) => !isErrorKind(kind)),
    { key, born, taken },
  )
  const truth = drawErrorTruth(random, calls, made.stream.truth.bursts !== null)
  const codes = drawErrors(random, calls, truth)
  const errorSite: ErrorSite = { ...site, truth, codes }
  const room = { key, born, taken: [...taken, ...early.map(spanOf)] }
  const late = plantAll(errorSite, kinds.filter(isErrorKind), room)
  return {
    key,
    shape: shape.name,
    bucketS: timeline.bucketS,
    firstBucket: calls.findIndex((count) => count > 0),
    calls,
    errors: sumCodes(codes, timeline.buckets),
    codes,
    callTruth: made.stream.truth,
    errorTruth: truth,
    labels: [...early, ...late].sort((one, other) => one.startBucket - other.startBucket),
    changes: made.changes,
    contaminated,
  }
}

/** An API that is not new has calls in day 0: where chance gave it none, one is put there. */
function bornBucket(random: Random, made: Made, timeline: Timeline): number {
  const { counts } = made.stream
  const isNew = made.changes.some(({ kind }) => kind === 'new-api')
  const first = counts.findIndex((count) => count > 0)
  if (isNew || (first >= 0 && first < timeline.perDay)) return first
  const at = whole(random, 0, timeline.perDay - 1)
  counts[at] = 1
  return at
}

interface Span {
  readonly from: number
  readonly until: number
}

const spanOf = ({ startBucket, untilBucket }: Label): Span => ({
  from: startBucket,
  until: untilBucket,
})

/** For two days after a legitimate change nobody could tell an anomaly from it. */
function keepOut({ changes }: Made, timeline: Timeline): readonly Span[] {
  return changes
    .filter(({ kind }) => kind !== 'new-api')
    .map(({ bucket }) => ({ from: bucket, until: bucket + timeline.perDay }))
}

function plantAll(
  site: Site | ErrorSite,
  kinds: readonly Kind[],
  { key, born, taken }: Room & { readonly key: string },
): readonly Label[] {
  const labels: Label[] = []
  for (const kind of kinds) {
    for (let tries = 0; tries < TRIES; tries++) {
      const room = { born, taken: [...taken, ...labels.map(spanOf)] }
      const slot = drawSlot(site.random, site.timeline, kind, room)
      const planted = slot === null ? null : plantOne(site, kind, slot)
      if (planted === null) continue
      const metric = isErrorKind(kind) ? 'errors' : 'calls'
      const { from, until, strength } = planted
      labels.push({ key, metric, kind, strength, startBucket: from, untilBucket: until })
      break
    }
  }
  return labels
}

function plantOne(site: Site | ErrorSite, kind: Kind, slot: Slot): Planted {
  if (kind === 'spike' || kind === 'sustained-rise') return plantRise(site, slot)
  if (kind === 'drop') return plantDrop(site, slot)
  if (kind === 'shifted-timing') {
    return site.made.job === null ? plantMovedSeason(site, slot) : plantMovedRun(site, slot)
  }
  if (!('codes' in site)) return null
  if (kind === 'error-burst') return plantErrorBurst(site, slot)
  return kind === 'slow-error-rise' ? plantSlowErrorRise(site, slot) : plantRareCode(site, slot)
}
