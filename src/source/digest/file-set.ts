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

/** A SHA-256 by file, at some 120 bytes each. */
export class FileHashes {
  readonly #hashes = new Map<string, string>()

  set(name: string, sha256: string): void {
    this.#hashes.set(shortOf(name), Buffer.from(sha256, 'hex').toString('latin1'))
  }

  /** Hexadecimal; undefined: of that file none is known. */
  get(name: string): string | undefined {
    const hash = this.#hashes.get(shortOf(name))
    return hash === undefined ? undefined : Buffer.from(hash, 'latin1').toString('hex')
  }
}

function shortOf(name: string): string {
  return createHash('sha256').update(name).digest().subarray(0, KEPT_BYTES).toString('latin1')
}
