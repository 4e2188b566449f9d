const FIXED_BYTES = 10
const HAS_CHECKSUM = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16
/** Other readers refuse a file that has these. */
const RESERVED = 0xe0
/** Optional parts may be long; CloudTrail writes none. */
const LONGEST_BYTES = 128 * 1024

/**
 * Where the header of a gzip member ends (RFC 1952); `more` while that cannot be told yet, and `null` where the bytes do not begin
 * as gzip does.
 */
export function gzipHeaderEnd(bytes: Buffer): number | 'more' | null {
  if (bytes.length < FIXED_BYTES) return isStart(bytes) ? 'more' : null
  if (!isStart(bytes)) return null
  const flags = bytes.readUInt8(3)
  if (flags & RESERVED) return null
  let end: number | 'more' = FIXED_BYTES
  if (flags & HAS_EXTRA) end = afterExtra(bytes, end)
  if (flags & HAS_NAME) end = afterText(bytes, end)
  if (flags & HAS_COMMENT) end = afterText(bytes, end)
  if (end !== 'more' && flags & HAS_CHECKSUM) end += 2
  if (end === 'more' || end > bytes.length) return bytes.length > LONGEST_BYTES ? null : 'more'
  return end
}

/** The magic number and deflate, the only method there is, as far as the bytes go. */
function isStart(bytes: Buffer): boolean {
  return [0x1f, 0x8b, 8].slice(0, bytes.length).every((byte, at) => bytes[at] === byte)
}

function afterExtra(bytes: Buffer, at: number): number | 'more' {
  return at + 2 > bytes.length ? 'more' : at + 2 + bytes.readUInt16LE(at)
}

function afterText(bytes: Buffer, at: number | 'more'): number | 'more' {
  if (at === 'more') return 'more'
  const zero = bytes.indexOf(0, at)
  return zero < 0 ? 'more' : zero + 1
}
