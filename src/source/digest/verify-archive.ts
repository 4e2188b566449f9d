import type { Archive, Place, Span } from './archive.ts'
import { FileSet } from './file-set.ts'
import { findChains } from './find-chains.ts'
import { clipped, type HourWord, hourWords } from './hour-words.ts'
import type { KeyRing } from './key-ring.ts'
import { joined, type Stretch, wholeHours, without } from './stretches.ts'
import { tellUnnamed } from './unnamed-logs.ts'
import { type ChainReport, type Listener, verifyChain } from './verify-chain.ts'
import type { Chain, Walk } from './walk-chain.ts'

/** What is verified, and with which keys. */
export interface VerifyOptions {
  readonly keys: KeyRing
  readonly span: Span
  /** null: every one there is. */
  readonly account: string | null
  readonly region: string | null
  readonly nowMs: number
  /** Told of each account and Region as its turn comes. */
  readonly onPlace: (place: Place) => void
  /** Another span of one place. */
  readonly spanOf?: (place: Place) => Span
  /** Told what each trail says of the hours of a place. */
  readonly onHours?: (words: TrailHours) => void
  /** Digests before the span are listed, too, so that what is missing or off across its beginning is known. */
  readonly isAnchored?: boolean
  /** Only digests are looked at: what they name is neither opened nor looked for. */
  readonly isNaming?: boolean
  readonly check?: Walk['check']
  readonly wasRead?: Walk['wasRead']
}

/** What one trail says of the hours of an account and Region. */
export interface TrailHours {
  readonly account: string
  readonly region: string
  readonly trail: string
  readonly hours: readonly HourWord[]
}

/** Whole clock hours of deliveries (UTC) of which every log CloudTrail signed is there, as it was delivered, and no other. */
export interface ProvenHours extends Stretch {
  readonly account: string
  readonly region: string
  readonly trail: string
}

/**
 * Verifies an archive, account by account and Region by Region: one verdict for each digest and log goes to the listener. Memory grows
 * with one Region's number of logs alone (some 60 bytes each). Answers the hours that are proven. Rejects with `INPUT_NOT_FOUND`
 * without a folder `AWSLogs`, with `AWS_ACCESS` where keys cannot be had, and with what listing rejects with.
 */
export async function verifyArchive(
  archive: Archive,
  options: VerifyOptions,
  listener: Listener,
): Promise<readonly ProvenHours[]> {
  const { account, region } = options
  const proven: ProvenHours[] = []
  for (const place of await archive.places()) {
    if (account !== null && place.account !== account) continue
    if (region !== null && place.region !== region) continue
    options.onPlace(place)
    const span = options.spanOf?.(place) ?? options.span
    proven.push(...(await verifyPlace(archive, place, { ...options, span }, listener)))
  }
  return proven
}

async function verifyPlace(
  archive: Archive,
  place: Place,
  options: VerifyOptions,
  listener: Listener,
): Promise<readonly ProvenHours[]> {
  const { span, nowMs } = options
  const named = new FileSet()
  const chains = await findChains(archive, place, {
    ...span,
    isAnchored: options.isAnchored === true,
  })
  const reports: { readonly chain: Chain; readonly report: ChainReport }[] = []
  for (const chain of chains) {
    const report = await verifyChain(chain, { archive, ...options }, named, listener)
    reports.push({ chain, report })
  }
  const covered = joined(reports.flatMap(({ report }) => report.covered))
  const hourly = reports.filter(({ chain }) => !chain.isBackfill)
  const newestMs = Math.max(0, ...hourly.map(({ report }) => report.newestMs))
  if (hourly.length === 0) tellSilent(place, listener)
  const said = { named, covered, newestMs, nowMs }
  const strange =
    options.isNaming === true
      ? []
      : await tellUnnamed(archive, place, { span, said, tell: listener.tell })
  return hourly.flatMap(({ chain, report }) => {
    const late = reports.filter((each) => each.chain.isBackfill && isSameTrail(each.chain, chain))
    const marks = [
      ...report.marks,
      ...late.flatMap((each) => each.report.marks),
      ...strange.map((each) => ({ ...each, blemish: 'damaged' as const })),
    ]
    const { account, region, trail, homeRegion } = chain
    options.onHours?.({
      ...{ account, region, trail: `${trail}@${homeRegion}` },
      hours: hourWords({ ...report, marks }, span),
    })
    const blemished = [...strange, ...late.flatMap((each) => each.report.blemished)]
    return provenOf(chain, without(report.proven, blemished), span)
  })
}

const isSameTrail = (one: Chain, other: Chain): boolean =>
  one.trail === other.trail && one.homeRegion === other.homeRegion

function provenOf(
  { account, region, trail }: Chain,
  stretches: readonly Stretch[],
  { fromMs, untilMs }: Span,
): readonly ProvenHours[] {
  const wanted = { fromMs, untilMs: untilMs ?? Number.MAX_SAFE_INTEGER }
  return wholeHours(clipped(stretches, wanted)).map((hours) => ({
    account,
    region,
    trail,
    ...hours,
  }))
}

function tellSilent({ account, region }: Place, { tell }: Listener): void {
  const words = 'there is no digest of the time that was asked for'
  tell({ kind: 'stale', account, region, trail: null, file: null, atMs: null, words })
}
