import { parseObjectName } from '../object-name.ts'

/** What the key of a digest says of it. */
export interface DigestName {
  readonly account: string
  /** Where the logs come from. */
  readonly region: string
  readonly trail: string
  /** Where the trail was made. */
  readonly homeRegion: string
  /** The end of its time; epoch milliseconds. */
  readonly stampMs: number
  /** Names logs that came too late for their own digest, in a chain of its own. */
  readonly isBackfill: boolean
}

const NAME =
  /_CloudTrail-Digest_[a-z0-9-]+_(?<trail>[A-Za-z0-9._-]+)_(?<homeRegion>[a-z0-9-]+)_\d{8}T\d{6}Z(?<backfill>_backfill)?\.json\.gz$/

/** What a key says of its digest; `null` where CloudTrail names no digest so. */
export function parseDigestName(key: string): DigestName | null {
  const name = parseObjectName(key)
  const parts = NAME.exec(key)?.groups
  if (name === null || name.folder !== 'CloudTrail-Digest' || parts === undefined) return null
  const { account, region, stampMs } = name
  const { trail = '', homeRegion = '', backfill } = parts
  return { account, region, trail, homeRegion, stampMs, isBackfill: backfill !== undefined }
}
