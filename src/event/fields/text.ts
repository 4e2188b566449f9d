const LONE_SURROGATE = /\p{Surrogate}/gu
const REPLACEMENT = '\ufffd'

/**
 * Text that every store and encoder keeps as it is, of at most `maxBytes` bytes of UTF-8: cut between code points, with
 * U+FFFD for lone surrogates (which have no UTF-8, so that two different texts would become one later).
 */
export function clip(text: string, maxBytes: number): string {
  const formed = text.replace(LONE_SURROGATE, REPLACEMENT)
  // No code unit takes more than three bytes, so most texts need no measuring.
  if (formed.length * 3 <= maxBytes || Buffer.byteLength(formed) <= maxBytes) return formed
  return decodeStart(Buffer.from(formed.slice(0, maxBytes)), maxBytes)
}

/** The first bytes of a record as text, at most 4 KiB, for people who ask why it was rejected. */
export function sampleOf(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return clip(bytes.slice(0, SAMPLE_BYTES), SAMPLE_BYTES)
  return clip(decodeStart(bytes.subarray(0, SAMPLE_BYTES + 3), SAMPLE_BYTES), SAMPLE_BYTES)
}

/** Bytes of a sample, at most. */
export const SAMPLE_BYTES = 4096

/** UTF-8 as `TextDecoder` reads it: every invalid sequence becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

function decodeStart(bytes: Uint8Array, maxBytes: number): string {
  let end = Math.min(bytes.length, maxBytes)
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return decode(bytes.subarray(0, end))
}
