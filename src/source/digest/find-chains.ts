import type { Archive, Place, Span } from './archive.ts'
import { parseDigestName } from './digest-name.ts'
import type { Chain, ListedDigest } from './walk-chain.ts'

const HOUR_MS = 3_600_000

/**
 * The chains of a place, by trail; backfills first, so that what they name is known when logs are looked through. Of digests after
 * the span the first is kept: it has the signature and the name of the last one within. Anchored, the end of the last one before the span
 * is known, too, which takes listing all of them.
 */
export async function findChains(
  archive: Archive,
  place: Place,
  { isAnchored, ...span }: Span & { readonly isAnchored: boolean },
): Promise<readonly Chain[]> {
  const { account, region } = place
  const chains = new Map<string, Omit<Chain, 'listed'> & { readonly listed: ListedDigest[] }>()
  const before = new Map<string, number>()
  const wanted = isAnchored ? { ...span, fromMs: 0 } : span
  for await (const at of archive.list(place, 'CloudTrail-Digest', wanted)) {
    const name = parseDigestName(at.key)
    if (name === null || name.account !== account || name.region !== region) continue
    const { trail, homeRegion, isBackfill, stampMs } = name
    const key = `${isBackfill ? 0 : 1} ${trail}@${homeRegion}`
    if (stampMs <= span.fromMs) {
      if (isAnchored) before.set(key, Math.max(before.get(key) ?? 0, stampMs))
      continue
    }
    const chain = chains.get(key) ?? {
      ...{ account, region, trail, homeRegion, isBackfill, listed: [], beforeMs: null },
    }
    chains.set(key, chain)
    chain.listed.push({ at, stampMs })
  }
  return [...chains.keys()].sort().flatMap((key) => {
    const chain = chains.get(key)
    return chain === undefined
      ? []
      : [
          {
            ...{ ...chain, listed: keptOf(chain.listed, span) },
            beforeMs: before.get(key) ?? null,
          },
        ]
  })
}

function keptOf(listed: readonly ListedDigest[], { untilMs }: Span): readonly ListedDigest[] {
  const sorted = [...listed].sort((one, other) => one.stampMs - other.stampMs)
  if (untilMs === null) return sorted
  const after = sorted.findIndex(({ stampMs }) => stampMs > untilMs + HOUR_MS)
  return after < 0 ? sorted : sorted.slice(0, after + 1)
}
