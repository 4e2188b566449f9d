import { createHash } from 'node:crypto'
import type { Label } from '../../base/label.ts'

/** Names a label by all it says, wherever it stands among others. */
export function labelKey(label: Label): string {
  return createHash('sha256').update(JSON.stringify(label)).digest('hex').slice(0, 16)
}
