/**
 * 32 bits about a text, the same on every machine (FNV-1a over UTF-16 code units, then mixed as in MurmurHash3).
 * Good enough to notice that two copies of one event differ; no defence against somebody who wants them to collide.
 */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return mixed(hash)
}

/** One hash out of two; the order matters. */
export function joinHash(a: number, b: number): number {
  return mixed(Math.imul(a, 0x9e3779b1) ^ b)
}

function mixed(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
