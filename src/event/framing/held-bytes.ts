import { SAMPLE_BYTES } from '../fields/text.ts'

/** Bytes that come in pieces, held up to a limit; beyond it only their number and their beginning are kept. */
export class HeldBytes {
  size = 0
  readonly #limit: number
  #store: Buffer = NOTHING
  #start: Buffer = NOTHING

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Copies a piece in, so that its chunk may be used again. */
  append(piece: Uint8Array): void {
    if (this.size < SAMPLE_BYTES)
      this.#start = Buffer.concat([this.#start, piece.subarray(0, SAMPLE_BYTES - this.size)])
    if (this.size + piece.length > this.#limit) this.#store = NOTHING
    else this.#keep(piece)
    this.size += piece.length
  }

  /** The bytes, or `null` if there were more than the limit. */
  get bytes(): Buffer | null {
    return this.size > this.#limit ? null : this.#store.subarray(0, this.size)
  }

  /** The first bytes, at most 4 KiB, whatever the limit. */
  get start(): Buffer {
    return this.#start
  }

  #keep(piece: Uint8Array): void {
    if (this.size > this.#limit) return
    const needed = this.size + piece.length
    if (needed > this.#store.length) {
      const wider = Buffer.allocUnsafe(Math.min(this.#limit, Math.max(needed, 2 * this.size, 1024)))
      this.#store.copy(wider, 0, 0, this.size)
      this.#store = wider
    }
    this.#store.set(piece, this.size)
  }
}

const NOTHING = Buffer.alloc(0)
