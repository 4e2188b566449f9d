import { createHash } from 'node:crypto'

const KEPT_BYTES = 16

/** Files by name, at some 60 bytes each: half a SHA-256, which nobody can make two names share. */
export class FileSet {
  readonly #names = new Set<string>()

  add(name: string): void {
    this.#names.add(shortOf(name))
  }

  has(name: string): boolean {
    return this.#names.has(shortOf(name))
  }
}

function shortOf(name: string): string {
  return createHash('sha256').update(name).digest().subarray(0, KEPT_BYTES).toString('latin1')
}
