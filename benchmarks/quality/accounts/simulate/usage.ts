import type { Random } from './random.ts'

/**
 * On which days people touch a dormant account: visits of one to three days with weeks between, and
 * one silence of two months if the span has room for it.
 */
export function visits(
  random: Random,
  { fromDay, untilDay }: { readonly fromDay: number; readonly untilDay: number },
): (day: number) => boolean {
  const days = new Set<number>()
  const longAfter = random.whole(1, 2)
  let visit = 0
  for (let day = fromDay; day < untilDay; visit++) {
    const until = day + random.whole(1, 3)
    for (; day < until; day++) days.add(day)
    day += visit === longAfter ? random.whole(40, 60) : random.whole(7, 24)
  }
  return (day) => days.has(day)
}
