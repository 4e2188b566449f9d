import { readFileSync } from 'node:fs'

/** What each fault means and what to do about it, as shipped with the program: `faults.md`. */
export function faultsText(): string {
  return readFileSync(new URL('../base/faults.md', import.meta.url), 'utf8')
}
