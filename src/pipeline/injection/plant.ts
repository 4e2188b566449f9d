import {
  type Counts,
  cellsBefore,
  type SeriesHistory,
  spread,
  type WindowSpan,
} from '../../../models/index.ts'
import { extraCalls, type PlantedIncident, windowsOf } from './incident.ts'

/** One API as the models know it: its calls, and its errors by code. */
export interface ApiHistory {
  readonly calls: SeriesHistory
  /** By error code; the code that is planted is among them, if with no count yet. */
  readonly errors: ReadonlyMap<string, SeriesHistory>
}

/**
 * The API's series as if an incident had happened: calls, and errors of every code, since they are shares of the calls. What
 * is missing in a drop is missing of every code alike. `errorCode` is the code of planted errors. Series without a count are
 * left out.
 */
export function planted(
  { calls, errors }: ApiHistory,
  incident: PlantedIncident,
  {
    windowMinutes,
    errorCode,
  }: { readonly windowMinutes: number; readonly errorCode: string | null },
): readonly SeriesHistory[] {
  const { kind, size, fromWindow } = incident
  const span = { from: fromWindow, until: fromWindow + windowsOf(kind, windowMinutes) }
  const codes = new Map([...errors].map(([code, { counts }]) => [code, spread(counts, span)]))
  const fine = spread(calls.counts, span)
  for (const windows of codes.values()) addTo(fine, windows, -1)
  if (kind === 'drop') {
    for (const windows of [fine, ...codes.values()]) thin(windows, 1 - size / 100)
  } else {
    const raised = kind === 'errors' ? codes.get(errorCode ?? '') : fine
    if (raised !== undefined) addTo(raised, extraCalls(incident, windowMinutes), 1)
  }
  for (const windows of codes.values()) addTo(fine, windows, 1)
  const exposure = withWindows(calls.counts, span, fine)
  const series = [
    { ...calls, counts: exposure },
    ...[...errors].map(([code, each]) => {
      const counts = withWindows(each.counts, span, codes.get(code) ?? [])
      return { ...each, exposure, counts }
    }),
  ]
  return series
    .filter(({ counts }) => counts.at.length > 0)
    .map((each) => ({ ...each, firstWindow: Math.min(each.firstWindow, each.counts.at[0] ?? 0) }))
}

/** Adds other windows to windows, so many times. */
function addTo(windows: Float64Array, others: ArrayLike<number>, times: number): void {
  for (let at = 0; at < windows.length; at++) {
    windows[at] = (windows[at] ?? 0) + times * (others[at] ?? 0)
  }
}

/** Keeps a share of the calls, whole calls spread over all windows. */
function thin(windows: Float64Array, share: number): void {
  let [before, kept] = [0, 0]
  for (let at = 0; at < windows.length; at++) {
    before += windows[at] ?? 0
    const left = Math.floor(before * share + 1e-9)
    windows[at] = left - kept
    kept = left
  }
}

/** Counts with other ones in a span of windows. */
function withWindows(
  counts: Counts,
  { from, until }: WindowSpan,
  windows: ArrayLike<number>,
): Counts {
  const first = cellsBefore(counts, from)
  const rest = cellsBefore(counts, until)
  const places = Array.from(windows, (_, at) => at).filter((at) => (windows[at] ?? 0) > 0)
  const joined = (all: Int32Array, own: readonly number[]): Int32Array =>
    Int32Array.from([...all.subarray(0, first), ...own, ...all.subarray(rest)])
  return {
    at: joined(
      counts.at,
      places.map((at) => from + at),
    ),
    count: joined(
      counts.count,
      places.map((at) => windows[at] ?? 0),
    ),
  }
}
