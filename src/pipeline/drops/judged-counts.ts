import { dayOf, type Episode } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { StoreReader } from '../../store/store.ts'
import { dropRules, rulesOn } from './drop-rules.ts'
import { withoutDropped } from './without-dropped.ts'

/** Actors are counted in windows of at most this many minutes. */
const ACTOR_MINUTES = 5

/** A store's counts as they are judged and learned from. */
export interface JudgedCounts {
  /**
   * The counts that a UTC day is judged by, all days before it included: without the calls that the rules of this day drop,
   * whenever they were made. So neither the begin of a rule nor its end is a fall or a rise. The same reader for days of the
   * same rules; the store itself where there are none.
   */
  on(day: number): StoreReader
}

/** What suppressions leave of a store's counts. */
export function judgedCounts(
  store: StoreReader,
  settings: Pick<Settings, 'suppressions' | 'windowMinutes'>,
): JudgedCounts {
  const rules = dropRules(settings)
  if (rules.length === 0) return { on: () => store }
  const actorMinutes = Math.min(ACTOR_MINUTES, settings.windowMinutes)
  const known = knownFor(store)
  return {
    on(day) {
      const own = rulesOn(rules, day)
      if (own.length === 0) return store
      const key = JSON.stringify(own)
      const reader = known.get(key) ?? withoutDropped(store, { rules: own, actorMinutes })
      known.set(key, reader)
      return reader
    },
  }
}

/** The counts that the window which fired was judged by. */
export function countsOf(
  judged: JudgedCounts,
  { trigger }: Pick<Episode, 'trigger'>,
  windowMinutes: number,
): StoreReader {
  return judged.on(dayOf(trigger.untilWindow - 1, { windowMinutes }))
}

interface Kept {
  readonly version: string
  readonly readers: Map<string, StoreReader>
}

const kept = new WeakMap<StoreReader, Kept>()

/** What was worked out of a store before, as long as nothing was written to it. */
function knownFor(store: StoreReader): Map<string, StoreReader> {
  const version = store.version()
  const last = kept.get(store)
  if (last?.version === version) return last.readers
  const readers = new Map<string, StoreReader>()
  kept.set(store, { version, readers })
  return readers
}
