/** What a key in CloudTrail's S3 layout says of an object. */
export interface ObjectName {
  readonly account: string
  readonly region: string
  /** `CloudTrail`, `CloudTrail-Insight`, `CloudTrail-Digest`, `CloudTrail-NetworkActivity`, `CloudTrail-Aggregated`. */
  readonly folder: string
  /** When the file was delivered: epoch milliseconds, from the stamp in its name. */
  readonly stampMs: number
}

/** The parts of a key that say nothing of its content. */
export interface ObjectPlace {
  /** What comes before `AWSLogs`, with or without a `/` at its end. */
  readonly prefix?: string
  /** The organisation's id, `o-…`, in an organisation's trail. */
  readonly organization?: string
  /** Letters and digits that keep two files of one minute apart; CloudTrail takes 16. */
  readonly suffix: string
}

const owner = '^(?<account>\\d{12})_(?<folder>CloudTrail(?:-[A-Za-z]+)?)_(?<region>[a-z0-9-]+)_'
const stamp = '(?<stamp>\\d{8}T\\d{4}(?:\\d{2})?Z)'
const LOG_NAME = new RegExp(`${owner}${stamp}_[A-Za-z0-9-]+\\.json(?:\\.gz)?$`)
const DIGEST_NAME = new RegExp(
  `${owner}[A-Za-z0-9._-]+_[a-z0-9-]+_${stamp}(?:_backfill)?\\.json(?:\\.gz)?$`,
)

/**
 * What a key or path says of its object: read from the file name, which repeats the account, Region and folder of
 * the layout above it. Any prefix, an organisation's trail or no folders at all make no difference; where the
 * file name and the folders name different accounts, the file name is believed.
 * `null`: not a name CloudTrail gives, or its stamp is no real time of the years 2006 to 2100.
 */
export function parseObjectName(key: string): ObjectName | null {
  const fileName = key.slice(Math.max(key.lastIndexOf('/'), key.lastIndexOf('\\')) + 1)
  const parts = (LOG_NAME.exec(fileName) ?? DIGEST_NAME.exec(fileName))?.groups
  if (parts === undefined) return null
  const { account = '', folder = '', region = '', stamp: stampText = '' } = parts
  const stampMs = parseStamp(stampText)
  return stampMs === null ? null : { account, region, folder, stampMs }
}

/**
 * The key CloudTrail would give an object: `[prefix/]AWSLogs/[o-ID/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/FILE.json.gz`.
 * The inverse of `parseObjectName` for stamps on whole seconds; seconds are written only where they are not zero,
 * since trail files carry minutes.
 */
export function formatObjectName(name: ObjectName, place: ObjectPlace): string {
  const { account, folder, region } = name
  const written = formatStamp(name.stampMs)
  const date = [written.slice(0, 4), written.slice(4, 6), written.slice(6, 8)]
  const file = `${account}_${folder}_${region}_${written}_${place.suffix}.json.gz`
  const start = place.prefix ? [place.prefix.replace(/\/$/, ''), 'AWSLogs'] : ['AWSLogs']
  const organization = place.organization ? [place.organization] : []
  return [...start, ...organization, account, folder, region, ...date, file].join('/')
}

/** `20230710T1240Z` or `20230710T124007Z` → epoch milliseconds; `null` for 30 February, 24:00 and the like. */
function parseStamp(text: string): number | null {
  const at = (from: number, length: number): number => Number(text.slice(from, from + length) || 0)
  const seconds = text.length > 14 ? at(13, 2) : 0
  const stampMs = Date.UTC(at(0, 4), at(4, 2) - 1, at(6, 2), at(9, 2), at(11, 2), seconds)
  const year = at(0, 4)
  if (year < 2006 || year > 2100) return null
  // Date.UTC carries 30 February over to March: only a real time is written back as it was read.
  const writtenBack = stampDigits(stampMs)
  const digits = text.replace(/\D/g, '').padEnd(14, '0')
  return writtenBack === digits ? stampMs : null
}

function formatStamp(stampMs: number): string {
  const digits = stampDigits(stampMs)
  const time = digits.endsWith('00') ? digits.slice(8, 12) : digits.slice(8)
  return `${digits.slice(0, 8)}T${time}Z`
}

/** `YYYYMMDDHHMMSS` in UTC. */
function stampDigits(stampMs: number): string {
  return new Date(stampMs).toISOString().replace(/\D/g, '').slice(0, 14)
}
