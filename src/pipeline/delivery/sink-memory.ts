import type { Store, StoreReader } from '../../store/store.ts'

/** How a sink fares, remembered from run to run. */
export interface SinkHealth {
  /** Runs one after the other in which it took nothing, or not all. */
  readonly failures: number
  /** Wall clock before which it is left alone; 0: it is not. Epoch milliseconds. */
  readonly retryAtMs: number
  /** What it said last; null: it took the last message. */
  readonly trouble: string | null
  readonly lastSentMs: number | null
  /** Messages that wait since the last run, and those given up since ever. */
  readonly waiting: number
  readonly dropped: number
  /** Threads by what they are about; the newest last. */
  readonly threads: readonly (readonly [unit: string, thread: string])[]
}

/** Up to where a sink was told of insights. */
export interface SinkPlace {
  /** Number of the last change it has nothing to learn of; -1: it was never asked. */
  readonly change: number
  /** What starts before is history to it, epoch milliseconds; null: not drawn yet. */
  readonly lineMs: number | null
  /** Watermarks by then, for each account and Region. */
  readonly watermarks: readonly (readonly [account: string, region: string, watermarkMs: number])[]
}

const NEW: SinkHealth = {
  ...{ failures: 0, retryAtMs: 0, trouble: null, lastSentMs: null },
  ...{ waiting: 0, dropped: 0, threads: [] },
}
const NOWHERE: SinkPlace = { change: -1, lineMs: null, watermarks: [] }
/** Threads kept: those of incidents that may still go on. */
const MOST_THREADS = 500

const healthName = (sink: string): string => `sink:${sink}`
const placeName = (sink: string): string => `sink-place:${sink}`

/** How a sink fared by the last run. */
export function healthOf(store: StoreReader, sink: string): SinkHealth {
  return { ...NEW, ...(JSON.parse(store.meta(healthName(sink)) ?? '{}') as Partial<SinkHealth>) }
}

/** Keeps how a sink fares. */
export function keepHealth(store: Store, sink: string, health: SinkHealth): void {
  const threads = health.threads.slice(-MOST_THREADS)
  store.setMeta(healthName(sink), JSON.stringify({ ...health, threads }))
}

/** Up to where a sink was told. */
export function placeOf(store: StoreReader, sink: string): SinkPlace {
  return { ...NOWHERE, ...(JSON.parse(store.meta(placeName(sink)) ?? '{}') as Partial<SinkPlace>) }
}

/** Keeps up to where a sink was told. */
export function keepPlace(store: Store, sink: string, place: SinkPlace): void {
  store.setMeta(placeName(sink), JSON.stringify(place))
}
