import { judge } from './judge.ts'
import { seriesWeeksOf } from './sweep.ts'
import type { Track } from './track.ts'

/** False alarms asked for and got, per series-week. */
export interface Calibration {
  readonly asked: number
  readonly falseEvents: number
  readonly measured: number
  /** 95 % Poisson interval around what was measured. */
  readonly low: number
  readonly high: number
}

const ASKED: readonly number[] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

/** For scores that are -ln of what is expected per series-week: are there as many false events as were asked for? */
export function calibrationOf(tracks: readonly Track[]): readonly Calibration[] {
  const weeks = seriesWeeksOf(tracks)
  return ASKED.map((asked) => {
    const falseEvents = judge(tracks, -Math.log(asked)).falseEvents.length
    const { low, high } = poissonInterval(falseEvents)
    return {
      asked,
      falseEvents,
      measured: falseEvents / weeks,
      low: low / weeks,
      high: high / weeks,
    }
  })
}

/**
 * The 95 % interval of a Poisson mean after so many events (Garwood, 1936), its chi-squared quantiles
 * by Wilson and Hilferty (1931): within 1 % of the exact ones from two events on.
 */
export function poissonInterval(events: number): { readonly low: number; readonly high: number } {
  const edge = (mean: number, z: number): number => {
    const root = 1 - 1 / (9 * mean) + z / (3 * Math.sqrt(mean))
    return mean * root * root * root
  }
  return { low: events === 0 ? 0 : edge(events, -1.959964), high: edge(events + 1, 1.959964) }
}
