import { createHash } from 'node:crypto'

/**
 * Accounts and Regions stand in events, so any text may come: as they are where they cannot harm a path or
 * the name's pattern, else what is harmless of them with a hash that keeps two of them apart.
 */
export function segmentOf(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text
  const harmless = text.toLowerCase().replace(/[^a-z0-9]/g, '-')
  const hash = createHash('sha256').update(JSON.stringify(text)).digest('hex')
  return `x${harmless.slice(0, 32)}-${hash.slice(0, 8)}`
}
