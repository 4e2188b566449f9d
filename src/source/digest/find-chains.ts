import type { Archive, Place, Span } from './archive.ts'
import { parseDigestName } from './digest-name.ts'
import type { Chain, ListedDigest } from './walk-chain.ts'

const HOUR_MS = 3_600_000

/**
 * The chains of a place, by trail; backfills first, so that what they name is known when logs are looked through. Of digests after
 * the span the first is kept: it has the signature and the name of the last one within.
 */
export async function findChains(
  archive: Archive,
  place: Place,
  span: Span,
): Promise<readonly Chain[]> {
  const { account, region } = place
  const chains = new Map<string, Omit<Chain, 'listed'> & { readonly listed: ListedDigest[] }>()
  for await (const at of archive.list(place, 'CloudTrail-Digest', span)) {
    const name = parseDigestName(at.key)
    if (name === null || name.account !== account || name.region !== region) continue
    const { trail, homeRegion, isBackfill, stampMs } = name
    if (stampMs <= span.fromMs) continue
    const key = `${isBackfill ? 0 : 1} ${trail}@${homeRegion}`
    const chain = chains.get(key) ?? {
      ...{ account, region, trail, homeRegion, isBackfill, listed: [] },
    }
    chains.set(key, chain)
    chain.listed.push({ at, stampMs })
  }
  return [...chains.keys()].sort().flatMap((key) => {
    const chain = chains.get(key)
    return chain === undefined ? [] : [{ ...chain, listed: keptOf(chain.listed, span) }]
  })
}

function keptOf(listed: readonly ListedDigest[], { untilMs }: Span): readonly ListedDigest[] {
  const sorted = [...listed].sort((one, other) => one.stampMs - other.stampMs)
  if (untilMs === null) return sorted
  const after = sorted.findIndex(({ stampMs }) => stampMs > untilMs + HOUR_MS)
  return after < 0 ? sorted : sorted.slice(0, after + 1)
}
