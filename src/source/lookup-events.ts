import { Fault } from '../base/fault.ts'
import { type Ask, type Caller, callerFor, type Door } from './lookup/ask.ts'
import type { Clock } from './lookup/clock.ts'
import { paceOf } from './lookup/pace.ts'
import { patientAsk } from './lookup/patient-ask.ts'
import { sliceBytes } from './lookup/slice-bytes.ts'
import { REACH_MS, type Slice, slicesOf } from './lookup/slices.ts'
import { accessFault, troubleOf } from './lookup/trouble.ts'
import type { Source, SourceObject } from './source.ts'

/** Which events to look up, as whom, and by which time and luck. */
export interface LookupOptions extends Door {
  /** Epoch milliseconds; the last 90 days can be had. */
  readonly fromMs: number
  /** Epoch milliseconds; about now or later: up to whatever is there by then. */
  readonly untilMs: number
  /** The account, 12 digits, where the caller knows it: it keeps the slices of two accounts apart. */
  readonly account?: string
  /** How much time is one object; 3 hours where left out. */
  readonly sliceMs?: number
  readonly clock: Clock
  /** A number from 0 to below 1, for jitter. */
  readonly random: () => number
}

const SLICE_MS = 3 * 3_600_000
/** AWS allows 2 a second per account and Region, and others may be asking too. */
const CALLS_PER_SECOND = 1.8
/** A request made at the very edge of the 90 days would arrive after it. */
const EDGE_MS = 60_000

/**
 * The management events CloudTrail keeps for 90 days, without any trail: `lookup://REGION`. Each object is a slice
 * of time, oldest first, and reads as one LookupEvents answer. Slices share one pace below two calls a second.
 * A slice that ended at least half an hour ago has a version, so that it is read once and a stopped run goes on
 * where it was; younger ones are read again by every run. Neighbours both have the events of the instant
 * between them. Throws USAGE for a malformed Region; listing and reading throw AWS_ACCESS without permission; other
 * troubles that outlast nine tries end the slice with the error of the SDK, which is loaded when listing.
 */
export function lookupEvents(options: LookupOptions): Source {
  const title = titleOf(options.region)
  const pace = paceOf(CALLS_PER_SECOND, options.clock)
  return {
    title,
    async *list() {
      const caller = await callerOrFault(options, title)
      const ask = patientAsk(caller.ask, { ...options, title, pace })
      const owner = options.account ?? caller.account ?? options.profile ?? 'default'
      const keyStart = `lookup://${encodeURIComponent(owner)}/${options.region}`
      for (const slice of slicesNow(options)) yield sliceObject(slice, { keyStart, ask, options })
    },
  }
}

function titleOf(region: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region)) return `lookup://${region}`
  const message = `expected a Region such as lookup://eu-west-1, got lookup://${region}`
  throw new Fault('USAGE', message)
}

async function callerOrFault(door: Door, title: string): Promise<Caller> {
  try {
    return await callerFor(door)
  } catch (error) {
    throw troubleOf(error) === 'access' ? accessFault(error, { title }) : error
  }
}

function slicesNow(options: LookupOptions): readonly Slice[] {
  const { fromMs, untilMs, sliceMs = SLICE_MS, clock } = options
  return slicesOf({ fromMs, untilMs, sliceMs, nowMs: clock.now() })
}

function sliceObject(
  slice: Slice,
  reading: { readonly keyStart: string; readonly ask: Ask; readonly options: LookupOptions },
): SourceObject {
  const { keyStart, ask, options } = reading
  return {
    kind: 'object',
    source: 'lookup',
    key: `${keyStart}/${timeText(slice.fromMs)}/${timeText(slice.untilMs)}`,
    version: slice.settled ? 'settled' : null,
    size: null,
    name: null,
    open: () => sliceBytes(ask, withinReach(slice, options)),
  }
}

/** What of a slice may be asked for now: not before the 90 days, not after the end of the span. */
function withinReach(
  slice: Slice,
  { clock, untilMs }: LookupOptions,
): Pick<Slice, 'fromMs' | 'untilMs'> {
  const reachMs = clock.now() - REACH_MS + EDGE_MS
  const endMs = Math.min(slice.untilMs, Math.max(untilMs, slice.fromMs))
  return { fromMs: Math.min(Math.max(slice.fromMs, reachMs), endMs), untilMs: endMs }
}

/** RFC 3339 in UTC, without milliseconds where there are none. */
function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('.000Z', 'Z')
}
