import { poissonInterval } from './poisson-interval.ts'

/** How often something comes, with the exact 95 % interval of a Poisson mean. */
export interface PerWeek {
  readonly got: number
  readonly low: number
  readonly high: number
}

/** A count by the weeks it was counted over; nothing over no time. */
export function perWeek(count: number, weeks: number): PerWeek {
  if (weeks === 0) return { got: 0, low: 0, high: 0 }
  const { low, high } = poissonInterval(count)
  return { got: count / weeks, low: low / weeks, high: high / weeks }
}
