import { Buffer } from 'node:buffer'
import { createGunzip } from 'node:zlib'

const LEAST_BYTES = 1024 * 1024
/** Larger files get room of their own, so that one of them does not cost it for ever. */
const MOST_BYTES = 8 * LEAST_BYTES

/**
 * Node's own names for what a synchronous call works with: none of its documented calls takes room to write in. A Node without
 * them throws, and files are inflated as streams.
 */
interface Engine {
  _outBuffer: Buffer
  _chunkSize: number
  _processChunk(stored: Buffer, flush: number): Buffer
  readonly _finishFlushFlag: number
  readonly bytesWritten: number
}

/** What was inflated, and how many bytes of those stored it was made of. */
export interface Inflated {
  readonly content: Buffer
  readonly storedBytes: number
}

/**
 * Room that files are inflated into one after the other: new room for each would lie about until the collector comes, and its
 * pages would have to be cleared by the system again.
 */
export class InflateRoom {
  #bytes: Buffer = Buffer.alloc(0)

  /**
   * Inflates gzip data of `size` bytes at most, valid until the next call.
   * @throws what zlib says of damaged data, and of more than `size` bytes
   */
  inflate(stored: Buffer, size: number): Inflated {
    // One byte more than the content, so that the end is seen without a second buffer.
    const room = Math.max(64, size + 1)
    const options = { chunkSize: 64, maxOutputLength: size }
    const engine = createGunzip(options) as unknown as Engine
    engine._outBuffer = this.#roomFor(room)
    engine._chunkSize = room
    const content = engine._processChunk(stored, engine._finishFlushFlag)
    return { content, storedBytes: engine.bytesWritten }
  }

  #roomFor(size: number): Buffer {
    if (size > MOST_BYTES) return Buffer.allocUnsafeSlow(size)
    if (size > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(size))))
    }
    return this.#bytes.subarray(0, size)
  }
}
