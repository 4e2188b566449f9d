import type { Settings } from '../../base/settings.ts'
import { type Insight, isAlarm } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'
import { decideHistory } from './backtest.ts'

/** What other settings decide otherwise. */
export interface Difference {
  /** Alarms that only the second settings raise. */
  readonly gained: readonly Insight[]
  /** Alarms that only the first settings raise. */
  readonly lost: readonly Insight[]
  /** How many both raise. */
  readonly kept: number
}

/** Decides history with two settings and holds one against the other; an alarm is the same where its series and start are. */
export function differenceOf(store: StoreReader, before: Settings, after: Settings): Difference {
  const first = alarmsById(store, before)
  const second = alarmsById(store, after)
  const only = (these: ReadonlyMap<string, Insight>, those: ReadonlyMap<string, Insight>) =>
    [...these.values()]
      .filter(({ id }) => !those.has(id))
      .sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1))
  const lost = only(first, second)
  return { gained: only(second, first), lost, kept: first.size - lost.length }
}

function alarmsById(store: StoreReader, settings: Settings): ReadonlyMap<string, Insight> {
  const alarms = decideHistory(store, settings).filter(isAlarm)
  return new Map(alarms.map((insight) => [insight.id, insight]))
}
