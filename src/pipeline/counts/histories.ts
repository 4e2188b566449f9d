import type { AccountHistory, Counts, Grid, Metric, SeriesHistory } from '../../../models/index.ts'
import type { CountedSeries, CountTable } from '../../source/counts/count-table.ts'

/** Whose counts a series of the models holds. */
export interface Owner {
  /** Place of the key in the table. */
  readonly place: number
  readonly key: string
  readonly metric: Metric
}

/** All series of a table that are counted on one grid, as the models read them. */
export interface GridHistory {
  readonly grid: Grid
  readonly history: AccountHistory
  /** By `ownerKey`. */
  readonly owners: ReadonlyMap<string, Owner>
  /** Part of the counted keys that are counted on this grid, 0 to 1. */
  readonly share: number
}

interface Part {
  readonly owner: Owner
  readonly series: SeriesHistory
}

/**
 * A table's series by their grids, finest first; keys without counts are left out. All of them are one account, as old as
 * its oldest key.
 */
export function gridHistories(table: CountTable): readonly GridHistory[] {
  const keys = table.series
    .map((series, place) => ({ series, place }))
    .filter(({ series }) => series.calls.at.length > 0)
  const bornS = Math.min(...keys.map(({ series }) => firstSecond(series)))
  const lengths = [...new Set(keys.map(({ series }) => series.bucketS))].sort((a, b) => a - b)
  return lengths.map((bucketS) => {
    const ofGrid = keys.filter(({ series }) => series.bucketS === bucketS)
    const parts = ofGrid.flatMap(({ series, place }) => partsOf(series, place, table.endMs))
    return {
      grid: { windowMinutes: bucketS / 60 },
      history: {
        series: parts.map(({ series }) => series),
        firstWindow: Math.floor(bornS / bucketS),
      },
      owners: new Map(parts.map(({ owner, series }) => [ownerKey(series), owner])),
      share: ofGrid.length / keys.length,
    }
  })
}

/** Names a series among all of its grid. */
export function ownerKey({ key, metric }: Pick<SeriesHistory, 'key' | 'metric'>): string {
  return `${metric} ${key}`
}

function firstSecond({ calls, bucketS }: CountedSeries): number {
  return (calls.at[0] as number) * bucketS
}

function partsOf(
  { key, bucketS, calls, errors }: CountedSeries,
  place: number,
  endMs: number,
): readonly Part[] {
  const untilWindow = Math.floor(endMs / 1000 / bucketS)
  const part = (owner: Owner, name: string, counts: Counts, exposure: Counts | null): Part => ({
    owner,
    series: {
      ...{ key: name, metric: owner.metric, pool: owner.metric, group: '', counts, exposure },
      ...{
        of: owner.metric === 'errors' ? key : null,
        firstWindow: counts.at[0] as number,
        untilWindow,
      },
    },
  })
  const ofCalls: Owner = { place, key, metric: 'calls' }
  // One for all codes, so that their scores come together.
  const ofErrors: Owner = { place, key, metric: 'errors' }
  return [
    part(ofCalls, key, calls, null),
    // Any text may be a key or a code: JSON keeps the two apart.
    ...errors.map(({ code, counts }) => part(ofErrors, JSON.stringify([key, code]), counts, calls)),
  ]
}
