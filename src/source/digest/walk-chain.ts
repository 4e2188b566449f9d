import type { Archive, Span } from './archive.ts'
import { type CheckedDigest, checkDigest, type Promised } from './check-digest.ts'
import type { CheckedLog } from './check-log.ts'
import type { Digest, Location, NamedLog } from './digest.ts'
import { parseDigestName } from './digest-name.ts'
import type { KeyRing } from './key-ring.ts'

/** The digests of one account, Region and trail: hourly ones, or backfills, which chain apart. */
export interface Chain {
  readonly account: string
  readonly region: string
  readonly trail: string
  /** Where the trail was made. */
  readonly homeRegion: string
  readonly isBackfill: boolean
  /** Those that were listed, oldest first; some may lie after the span: they have the last one's signature. */
  readonly listed: readonly ListedDigest[]
  /** Where the newest digest before the span ends, as its name says; null: there is none, or nobody asked. */
  readonly beforeMs: number | null
}

export interface ListedDigest {
  readonly at: Location
  /** The end of its time, as its name says; epoch milliseconds. */
  readonly stampMs: number
}

/** A digest that was checked, or a time without any. */
export type Step =
  | (CheckedDigest & {
      readonly kind: 'digest'
      /** It begins after the span: its logs are nobody's question. */
      readonly isAfter: boolean
    })
  | { readonly kind: 'gap'; readonly fromMs: number; readonly untilMs: number }

export interface Walk {
  /** Holds a log against its digest; `checkLog` unless said otherwise. Must not reject. */
  readonly check?: ((log: NamedLog, archive: Archive) => Promise<CheckedLog>) | undefined
  /** Whether the store has read a valid log, so that its hour counts as proven there; left out: every one. */
  readonly wasRead?: ((storedSha256: string) => boolean) | undefined
  readonly archive: Archive
  readonly keys: KeyRing
  readonly span: Span
}

const HOUR_MS = 3_600_000

/**
 * Checks a chain's digests from the newest to the oldest, each as the one after it names it: what was deleted, replaced or put between
 * is met that way. Where the chain ends or is broken, it goes on with the newest digest that was listed and not met yet. Each is met
 * once, so that no circle holds it.
 */
export async function* walkChain(chain: Chain, walk: Walk): AsyncGenerator<Step> {
  const { archive } = walk
  const left = leftOf(chain, archive)
  let next: { readonly at: Location; readonly promise: Promised | null } | null = left.newest()
  while (next !== null) {
    left.meet(next.at)
    const checked = await checkDigest(next.at, { ...walk, ...chain, promise: next.promise })
    yield { ...checked, kind: 'digest', isAfter: liesAfter(checked, left, walk.span) }
    next = linkedFrom(checked, left, walk) ?? left.newest()
    if (checked.isValid && !chain.isBackfill) yield* gapBefore(checked.digest, left, chain.beforeMs)
  }
}

/** What of a chain was not met yet. */
interface Left {
  meet(at: Location): void
  wasMet(at: Location): boolean
  isListed(at: Location): boolean
  /** Where the walk goes on by itself: nothing is promised there. */
  newest(): (ListedDigest & { readonly promise: null }) | null
}

function leftOf({ listed }: Chain, archive: Archive): Left {
  const rest = [...listed]
  const names = new Set(listed.map(({ at }) => archive.nameOf(at)))
  const met = new Set<string>()
  const wasMet = (at: Location): boolean => met.has(archive.nameOf(at))
  return {
    meet: (at) => void met.add(archive.nameOf(at)),
    wasMet,
    isListed: (at) => names.has(archive.nameOf(at)),
    newest() {
      let last = rest.at(-1)
      for (; last !== undefined && wasMet(last.at); last = rest.at(-1)) rest.pop()
      return last === undefined ? null : { ...last, promise: null }
    },
  }
}

/**
 * Whether a digest begins after the span. Only a valid one is believed; of others the names decide that were listed: where the one
 * before ends after the span, so does this one begin.
 */
function liesAfter({ at, digest, isValid }: CheckedDigest, left: Left, { untilMs }: Span): boolean {
  if (untilMs === null) return false
  if (isValid && digest !== null) return digest.startMs >= untilMs
  const stampMs = parseDigestName(at.key)?.stampMs ?? 0
  return stampMs > untilMs + HOUR_MS || (left.newest()?.stampMs ?? 0) >= untilMs
}

/** The digest before, where it belongs to the span. A digest that is not proven is followed only to what was listed anyway. */
function linkedFrom(
  { digest, isValid, findings }: CheckedDigest,
  left: Left,
  { span }: Walk,
): { readonly at: Location; readonly promise: Promised } | null {
  const previous = digest?.previous ?? null
  if (previous === null || left.wasMet(previous)) return null
  const isUnsigned = findings.some(({ kind }) => kind === 'unsigned')
  const isFollowed = isValid
    ? (parseDigestName(previous.key)?.stampMs ?? Number.POSITIVE_INFINITY) > span.fromMs
    : isUnsigned && left.isListed(previous)
  return isFollowed ? { at: previous, promise: { ...previous, isProven: isValid } } : null
}

/** What lies between a digest and the one before, by its own word; before a starting digest by what was listed. */
function* gapBefore(digest: Digest | null, left: Left, beforeMs: number | null): Generator<Step> {
  if (digest === null) return
  const older = digest.previous === null ? left.newest() : parseDigestName(digest.previous.key)
  const fromMs = older?.stampMs ?? beforeMs
  if (fromMs === null || fromMs >= digest.startMs) return
  yield { kind: 'gap', fromMs, untilMs: digest.startMs }
}
