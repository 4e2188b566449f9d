import type { Insight } from '../insight/insight.ts'
import type { InsightChange, StoreReader } from '../store/store.ts'

/** What stood at a moment. */
export interface Snapshot {
  /** State of each insight that stood, by id. */
  readonly states: ReadonlyMap<string, string>
  /** Number of the newest change by then. */
  readonly change: number
}

const PAGE = 500

/** Remembers which insights stand, and whether they are open or closed. */
export function snapshotOf(store: StoreReader): Snapshot {
  return {
    states: new Map(store.standing().map(({ id, state }) => [id, state])),
    change: store.lastChange(),
  }
}

/** The insights that are new since, or were open and are closed: worst first, then newest. */
export function insightsSince(
  store: StoreReader,
  { states, change }: Snapshot,
): readonly Insight[] {
  return [...changesSince(store, change)]
    .map(({ insight }) => insight)
    .filter(({ id, state }) => states.get(id) !== state)
    .sort((a, b) => b.severity - a.severity || b.startMs - a.startMs || (a.id < b.id ? -1 : 1))
}

/** What changed and stands: the others need not be looked at, however many there are. */
function* changesSince(store: StoreReader, change: number): Generator<InsightChange> {
  let after = change
  for (;;) {
    const page = store.insightChanges({}, after, PAGE)
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.change ?? after
  }
}
