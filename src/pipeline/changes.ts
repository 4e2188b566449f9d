import type { Insight } from '../insight/insight.ts'
import type { StoreReader } from '../store/store.ts'
import { standing } from './deliver.ts'

/** What stood at a moment: insight ids with their state. */
export type Snapshot = ReadonlySet<string>

/** Remembers which insights stand, and whether they are open or closed. */
export function snapshotOf(store: StoreReader): Snapshot {
  return new Set([...standing(store)].map(keyOf))
}

/** The insights that are new since, or were open and are closed: worst first, then newest. */
export function insightsSince(store: StoreReader, before: Snapshot): readonly Insight[] {
  return [...standing(store)]
    .filter((insight) => !before.has(keyOf(insight)))
    .sort((a, b) => b.severity - a.severity || b.startMs - a.startMs || (a.id < b.id ? -1 : 1))
}

const keyOf = ({ id, state }: Insight): string => `${id} ${state}`
