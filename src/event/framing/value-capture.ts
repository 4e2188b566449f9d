import { HeldBytes } from './held-bytes.ts'
import { JsonCheck } from './json-check.ts'
import { ValueEnd } from './value-end.ts'

/**
 * Takes in one JSON value, wherever chunks cut it, and holds its bytes up to a limit. An object or array within the
 * limit is only sliced (`JSON.parse` of the slice judges it); a longer one, and every other value, is checked byte by
 * byte instead, so that both verdicts are those of `JSON.parse` and neither depends on the chunks.
 */
export class ValueCapture {
  isDone = false
  /** Bytes taken in. */
  size = 0
  /** The value, or `null` if it is longer than the limit. Valid until the next chunk. */
  bytes: Uint8Array | null = null
  /** Where in the value it stops being JSON, if it was checked and does. */
  invalidAt: number | null = null
  readonly #limit: number
  readonly #held: HeldBytes
  #end: ValueEnd | null
  #check: JsonCheck | null

  constructor(limit: number, firstByte: number) {
    const isContainer = firstByte === 0x7b || firstByte === 0x5b
    this.#limit = limit
    this.#held = new HeldBytes(limit)
    this.#end = isContainer ? new ValueEnd() : null
    this.#check = isContainer ? null : new JsonCheck()
  }

  /** Takes bytes in from `from` on; gives the index after the value, or the length. */
  feed(chunk: Uint8Array, from: number): number {
    const end = this.#read(chunk, from)
    const piece = chunk.subarray(from, end)
    if (this.#end !== null && this.size + piece.length > this.#limit) this.#doubt(piece)
    this.#hold(piece)
    return end
  }

  /** The first bytes of the value, at most 4 KiB. */
  get start(): Uint8Array {
    return this.#held.start
  }

  /** What the bytes so far are if none follow: the place of an error, or `null` if they are merely cut off. */
  errorBeforeEnd(): number | null {
    if (this.#end !== null) this.#doubt(NOTHING)
    return this.invalidAt
  }

  #read(chunk: Uint8Array, from: number): number {
    if (this.#end !== null) {
      const end = this.#end.feed(chunk, from)
      this.isDone = this.#end.isDone
      return end
    }
    return this.#checked(chunk, from)
  }

  #checked(chunk: Uint8Array, from: number): number {
    if (this.#check === null) return from
    const end = this.#check.feed(chunk, from)
    if (this.#check.status === 'invalid') this.invalidAt = this.size + end - from
    this.isDone = this.#check.status === 'done'
    return end
  }

  /** Goes over from slicing to checking, beginning with what is held. */
  #doubt(piece: Uint8Array): void {
    this.#end = null
    this.#check = new JsonCheck()
    const held = this.#held.bytes ?? NOTHING
    const end = this.#check.feed(held, 0)
    if (this.#check.status === 'invalid') this.invalidAt = end
    else this.#checked(piece, 0)
  }

  #hold(piece: Uint8Array): void {
    const isWhole = this.isDone && this.size === 0 && piece.length <= this.#limit
    if (isWhole) this.bytes = piece
    else this.#held.append(piece)
    this.size += piece.length
    if (this.isDone && !isWhole) this.bytes = this.#held.bytes
  }
}

const NOTHING = new Uint8Array(0)
