import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The trail files under a folder, in the order of their names. */
export function trailPaths(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json.gz'))
    .sort()
    .map((path) => join(folder, path))
}
