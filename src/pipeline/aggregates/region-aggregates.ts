import { type Counts, cellsBefore, type SeriesHistory } from '../../../models/index.ts'
import { isDenied } from '../../insight/denied.ts'
import type { LoadedAccount } from '../account-history.ts'
import { type AccountGrid, type AggregateCounts, settledFrom } from './aggregate-counts.ts'
import { WindowSums } from './window-sums.ts'

/**
 * The aggregates of every Region, by everybody: different APIs (an API counts once in a clock hour, in the window of its
 * first call there), first-seen APIs (each once, in the window of its first call ever), denied calls.
 */
export function regionAggregates(
  { history, names }: LoadedAccount,
  grid: AccountGrid,
): readonly AggregateCounts[] {
  const settled = settledFrom(grid)
  const regions = new Map<string, RegionSums>()
  for (const series of history.series) {
    const sums = sumsOf(regions, series.group)
    if (series.metric === 'calls') addCalls(sums, series, { ...grid, settled })
    else if (isDenied(names.get(series.key)?.errorCode ?? null)) sums.denials.addAll(series.counts)
  }
  return [...regions].flatMap(([region, sums]) =>
    KINDS.map((aggregate) => ({
      subject: { aggregate, region, principal: null },
      counts: sums[aggregate].counts(),
    })),
  )
}

const KINDS = ['distinct', 'newcomers', 'denials'] as const
type RegionSums = Readonly<Record<(typeof KINDS)[number], WindowSums>>

function sumsOf(regions: Map<string, RegionSums>, region: string): RegionSums {
  const known = regions.get(region)
  if (known !== undefined) return known
  const fresh = {
    distinct: new WindowSums(),
    newcomers: new WindowSums(),
    denials: new WindowSums(),
  }
  regions.set(region, fresh)
  return fresh
}

function addCalls(
  sums: RegionSums,
  { counts, firstWindow }: SeriesHistory,
  { windowMinutes, settled }: AccountGrid & { readonly settled: number },
): void {
  addFirstsOfHours(sums.distinct, counts, windowMinutes)
  const isLoaded = counts.at[cellsBefore(counts, firstWindow)] === firstWindow
  if (firstWindow >= settled && isLoaded) sums.newcomers.add(firstWindow, 1)
}

/** In every clock hour with calls, the window of the first. */
function addFirstsOfHours(sums: WindowSums, { at }: Counts, windowMinutes: number): void {
  let last = Number.NEGATIVE_INFINITY
  for (let cell = 0; cell < at.length; cell++) {
    const window = at[cell] as number
    const hour = Math.floor((window * windowMinutes) / 60)
    if (hour !== last) sums.add(window, 1)
    last = hour
  }
}
