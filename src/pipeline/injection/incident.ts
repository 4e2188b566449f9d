import { windowsPerHour } from '../../../models/index.ts'

/**
 * What can be planted, and what its size means. `burst`: so many calls more within one window. `steady`: so many calls more an
 * hour, for 6 hours. `ramp`: from nothing to so many calls more an hour, evenly over 24 hours. `drop`: so many per cent of the
 * calls missing, for 6 hours. `errors`: so many calls more within one window, all refused with one code.
 */
export const INCIDENT_KINDS = ['burst', 'steady', 'ramp', 'drop', 'errors'] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

/** One made-up incident. */
export interface PlantedIncident {
  readonly kind: IncidentKind
  /** A whole number of calls or calls an hour, or per cent; see `INCIDENT_KINDS`. */
  readonly size: number
  /** The window it begins with. */
  readonly fromWindow: number
}

const STEADY_HOURS = 6
const RAMP_HOURS = 24
/** Nobody can plant a larger one: AWS itself throttles under it. */
const MOST_CALLS = 2 ** 20

/** Windows from an incident's first to its last. */
export function windowsOf(kind: IncidentKind, windowMinutes: number): number {
  if (kind === 'burst' || kind === 'errors') return 1
  return (kind === 'ramp' ? RAMP_HOURS : STEADY_HOURS) * windowsPerHour({ windowMinutes })
}

/** The largest size of a kind: 100 per cent, or 2^20 calls. */
export const largestSize = (kind: IncidentKind): number => (kind === 'drop' ? 100 : MOST_CALLS)

/** The sizes that are tried unless others are asked for. */
export const usualSizes = (kind: IncidentKind): readonly number[] =>
  kind === 'drop' ? [25, 50, 75, 90, 100] : [2, 5, 10, 20, 50, 100, 200, 500, 1000]

/**
 * The calls that an incident adds, window by window from its first on; none for a drop. What is not whole is carried over, so
 * that the sum is as near to what was asked for as whole calls come.
 * @example
 * extraCalls({ kind: 'steady', size: 2, fromWindow: 0 }, 30) // => [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
 */
export function extraCalls(
  { kind, size }: Pick<PlantedIncident, 'kind' | 'size'>,
  windowMinutes: number,
): readonly number[] {
  const windows = windowsOf(kind, windowMinutes)
  const hours = windows / windowsPerHour({ windowMinutes })
  const whole = {
    burst: size,
    errors: size,
    steady: size * hours,
    ramp: (size * hours) / 2,
    drop: 0,
  }
  // The calls that came by the end of a window: of a ramp they grow with the square of its time.
  const by = (end: number): number =>
    Math.floor(whole[kind] * (kind === 'ramp' ? (end / windows) ** 2 : end / windows) + 1e-9)
  return Array.from({ length: windows }, (_, at) => by(at + 1) - by(at))
}
