import { constants, createGunzip } from 'node:zlib'

const LEAST_BYTES = 1024 * 1024
/** Larger files get room of their own, so that one of them does not cost it for ever. */
const MOST_BYTES = 8 * LEAST_BYTES

/**
 * Node's own names for what a synchronous call works with: none of its documented calls takes room to write in, and each makes
 * an engine anew. A Node without them throws, and files are inflated as streams.
 */
interface Engine {
  readonly _handle: Handle
  /** Bytes left of the room, and of what is stored. */
  readonly _writeState: Uint32Array
}
interface Handle {
  onerror: (message: string, number: number, code: string) => void
  reset(): void
  writeSync(
    ...call: readonly [
      ...[flush: number, stored: Uint8Array, from: number, length: number],
      ...[room: Uint8Array, at: number, size: number],
    ]
  ): void
}

/** What was inflated, and how many bytes of those stored it was made of. */
export interface Inflated {
  readonly content: Uint8Array
  readonly storedBytes: number
}

/** Gives room for so many bytes, of a file or none, valid until asked again. */
export type GiveRoom = (size: number) => Uint8Array | null

/**
 * Room that files are inflated into one after the other, by one engine: new room for each would lie about until the collector
 * comes, and its pages would have to be cleared by the system again.
 */
export class InflateRoom {
  readonly #give: GiveRoom
  #bytes = new Uint8Array(0)
  #engine: Engine | null = null
  #failure: string | null = null

  /** `give`: where else there may be room, asked first. */
  constructor(give: GiveRoom = () => null) {
    this.#give = give
  }

  /**
   * Inflates gzip data of `size` bytes at most, valid until the next call.
   * @throws what zlib says of damaged data, and of more than `size` bytes
   */
  inflate(stored: Uint8Array, size: number): Inflated {
    const engine = this.#engine ?? this.#started()
    // One byte more than the content, so that the end is seen.
    const room = this.#give(size + 1) ?? this.#roomFor(size + 1)
    this.#failure = null
    engine._handle.writeSync(constants.Z_FINISH, stored, 0, stored.length, room, 0, size + 1)
    const [free = 0, left = 0] = engine._writeState
    if (this.#failure !== null || free === 0) {
      this.#engine = null
      throw new Error(this.#failure ?? `the content is more than ${size} bytes`)
    }
    engine._handle.reset()
    return { content: room.subarray(0, size + 1 - free), storedBytes: stored.length - left }
  }

  #started(): Engine {
    const engine = createGunzip() as unknown as Engine
    engine._handle.onerror = (message) => {
      this.#failure = message
    }
    this.#engine = engine
    return engine
  }

  #roomFor(size: number): Uint8Array {
    if (size > MOST_BYTES) return new Uint8Array(size)
    if (size > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(size))))
    }
    return this.#bytes.subarray(0, size)
  }
}
