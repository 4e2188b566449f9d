/** How busy an hour of the week is beside the others; the first is midnight to Monday, UTC. */
function weightOf(hourOfWeek: number): number {
  const hour = hourOfWeek % 24
  const isWeekend = hourOfWeek >= 5 * 24
  return (hour >= 7 && hour < 19 ? 2.5 : 1) * (isWeekend ? 0.5 : 1)
}

const HOUR_SECONDS = 3600

/**
 * Where in a span of whole days from a Monday on a share of all calls has been made: share 0 is its begin, 1 its end, in
 * seconds from the begin. Office hours are busy, nights and weekends quieter.
 */
export function momentAt(days: number): (share: number) => number {
  const until = new Float64Array(days * 24)
  let sum = 0
  for (let hour = 0; hour < until.length; hour++) {
    sum += weightOf(hour % 168)
    until[hour] = sum
  }
  let hour = 0
  return (share) => {
    const target = share * sum
    if (hour > 0 && target < (until[hour - 1] ?? 0)) hour = 0
    while (hour < until.length - 1 && (until[hour] ?? 0) <= target) hour += 1
    const before = hour === 0 ? 0 : (until[hour - 1] ?? 0)
    const within = (target - before) / ((until[hour] ?? 1) - before)
    return (hour + Math.min(within, 1)) * HOUR_SECONDS
  }
}
