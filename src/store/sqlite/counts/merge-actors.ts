import { type ActorEntry, compareEntries } from './actor-blob.ts'

/** A day's actors of one series, and the slots that turned out to be past the cap. */
export interface MergedActors {
  readonly entries: readonly ActorEntry[]
  readonly pastCap: ReadonlySet<number>
}

/**
 * The sum of kept entries and changes without the slots past the cap: those known to be (`pastCap`), and those with more
 * than `cap` distinct values now. A value that comes to 0 stays known, so that the judgement never depends on the order.
 */
export function mergeActors(
  kept: readonly ActorEntry[],
  changes: readonly ActorEntry[],
  { pastCap, cap }: { readonly pastCap: ReadonlySet<number>; readonly cap: number },
): MergedActors {
  const all = [...kept, ...changes].sort(compareEntries)
  const past = new Set(pastCap)
  const entries: ActorEntry[] = []
  for (let i = 0; i < all.length; ) {
    const slot = all[i]?.slot ?? 0
    const until = endOfSlot(all, i)
    const summed = past.has(slot) ? [] : sumSlot(all, i, until)
    if (distinctValues(summed) > cap) past.add(slot)
    else for (const entry of summed) entries.push(entry)
    i = until
  }
  return { entries, pastCap: past }
}

function endOfSlot(entries: readonly ActorEntry[], from: number): number {
  let until = from + 1
  while (until < entries.length && entries[until]?.slot === entries[from]?.slot) until += 1
  return until
}

function sumSlot(entries: readonly ActorEntry[], from: number, until: number): ActorEntry[] {
  const summed: ActorEntry[] = []
  let last: ActorEntry | undefined
  for (let i = from; i < until; i++) {
    const entry = entries[i]
    if (entry === undefined) continue
    if (last?.value === entry.value && last.code === entry.code) {
      last = { ...last, count: last.count + entry.count }
      summed[summed.length - 1] = last
    } else {
      last = entry
      summed.push(entry)
    }
  }
  return summed
}

function distinctValues(entries: readonly ActorEntry[]): number {
  let distinct = 0
  let last = -1
  for (const { value } of entries) {
    if (value !== last) distinct += 1
    last = value
  }
  return distinct
}
