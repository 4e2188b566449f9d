import type { Contributor } from '../../insight/aggregate.ts'

const TOP_APIS = 10

/** The APIs furthest above their mean of the time before; of equals the first by name. */
export function topApis(
  now: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  minutes: { readonly now: number; readonly before: number },
): readonly Contributor[] {
  const excess = ({ api, calls }: Contributor) =>
    calls * minutes.before - (before.get(api) ?? 0) * minutes.now
  return [...now]
    .map(([api, calls]) => ({ api, calls }))
    .sort((a, b) => excess(b) - excess(a) || (a.api < b.api ? -1 : 1))
    .slice(0, TOP_APIS)
}
