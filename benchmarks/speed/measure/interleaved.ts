import type { Digest } from '../trail/digest.ts'
import { isSame } from '../trail/digest.ts'
import { launch } from './launch.ts'
import type { Sample, Task } from './sample.ts'
import { median, medians } from './statistics.ts'

/** A contender in the race: `name` is that of its module. */
export interface Entrant {
  readonly title: string
  readonly name: string
  readonly task: Task
  /** Too slow or too steady for all rounds. */
  readonly once?: boolean
}

/** Medians of an entrant's rounds. */
export interface Row extends Omit<Sample, 'digest'> {
  readonly title: string
  /** The digest of its first round; all rounds have the same, or it failed. */
  readonly digest: Digest | null
  readonly failure: string | null
}

/** Runs the entrants in turn, round after round, so that whatever else the machine does meets all of them. */
export function interleaved(entrants: readonly Entrant[], rounds: number): readonly Row[] {
  const races = entrants.map((entrant) => ({
    entrant,
    samples: [] as Sample[],
    failure: null as string | null,
  }))
  for (let round = 0; round < rounds; round++) {
    for (const race of races) {
      if (race.failure !== null || (race.entrant.once && round > 0)) continue
      const { sample, failure } = launch(race.entrant.name, race.entrant.task)
      if (sample === null) race.failure = failure
      else race.samples.push(sample)
    }
  }
  return races.map(({ entrant, samples, failure }) => rowOf(entrant.title, samples, failure))
}

/** Medians of one entrant's samples. */
export function rowOf(title: string, samples: readonly Sample[], failure: string | null): Row {
  const digest = samples[0]?.digest ?? null
  const steady = samples.every((sample) => digest === null || isSame(sample.digest ?? NONE, digest))
  return {
    title,
    cpuSeconds: median(samples.map((sample) => sample.cpuSeconds)),
    wallSeconds: median(samples.map((sample) => sample.wallSeconds)),
    startSeconds: median(samples.map((sample) => sample.startSeconds)),
    peakMb: median(samples.map((sample) => sample.peakMb)),
    figures: medians(samples.map((sample) => sample.figures)),
    digest,
    failure: failure ?? (steady ? null : 'counts another thing every time'),
  }
}

const NONE: Digest = { events: 0, cells: 0, squares: 0 }
