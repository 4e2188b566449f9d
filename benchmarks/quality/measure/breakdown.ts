import type { Label } from '../scenario/work.ts'
import type { Judgement } from './judge.ts'
import type { Track } from './track.ts'

/** Labels of one sort: how many there are, and how many of them were hit. */
export interface Found {
  readonly name: string
  readonly hits: number
  readonly labels: number
}

/** Sorts labels by a name of their own, in the order in which names first come. */
export function breakdown(
  tracks: readonly Track[],
  { hits }: Judgement,
  nameOf: (label: Label, track: Track) => string,
): readonly Found[] {
  const found = new Map<string, { hits: number; labels: number }>()
  for (const track of tracks) {
    for (const { label } of track.own) {
      const name = nameOf(label, track)
      const sums = found.get(name) ?? { hits: 0, labels: 0 }
      sums.labels++
      if (hits.has(label)) sums.hits++
      found.set(name, sums)
    }
  }
  return [...found].map(([name, sums]) => ({ name, ...sums }))
}

/** False events by a name of the track they are on, most first. */
export function falseBy(
  { falseEvents }: Judgement,
  nameOf: (track: Track) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { track } of falseEvents) {
    const name = nameOf(track)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([, one], [, other]) => other - one)
}
