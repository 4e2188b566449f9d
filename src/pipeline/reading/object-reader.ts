import { Fault } from '../../base/fault.ts'
import type { FileContext } from '../../event/api-call.ts'
import { TrailReader, type TrailTable } from '../../event/trail-reader.ts'
import type { SourceObject } from '../../source/source.ts'
import type { Ahead } from './in-turn.ts'
import { ThreadPool } from './thread-pool.ts'

const MEBIBYTE = 1024 * 1024
/** So much is read without threads: it takes no longer than starting them. */
const START_FILES = 16
const START_BYTES = 4 * MEBIBYTE
const AHEAD_FILES_PER_THREAD = 48
const AHEAD_BYTES_PER_THREAD = 16 * MEBIBYTE

export interface ObjectReaderOptions {
  /** Threads to read with; 1: none beside this one. */
  readonly workers: number
  /** Called now and then while something is being read. */
  readonly onAlive: () => void
}

/** Reads the objects of a source to tables: here, or by threads where there is enough to read that they pay. */
export class ObjectReader {
  /** How much to have under way. */
  readonly ahead: Ahead
  readonly #options: ObjectReaderOptions
  readonly #reader = new TrailReader()
  #pool: ThreadPool | null = null
  #files = 0
  #bytes = 0

  constructor(options: ObjectReaderOptions) {
    const { workers } = options
    this.#options = options
    this.ahead =
      workers === 1
        ? { count: 0, size: 0 }
        : { count: workers * AHEAD_FILES_PER_THREAD, size: workers * AHEAD_BYTES_PER_THREAD }
  }

  /** Has a thread begin to read, or `null`: to be read here, in its turn. */
  begin({ place, size }: SourceObject, context: FileContext): Promise<TrailTable> | null {
    const { workers, onAlive } = this.#options
    if (workers === 1 || place === undefined) return null
    this.#files += 1
    this.#bytes += size ?? 0
    if (this.#pool === null && this.#files <= START_FILES && this.#bytes <= START_BYTES) return null
    this.#pool ??= new ThreadPool({ threadCount: workers, onAlive })
    return this.#pool.read({ place, context }, size ?? 0)
  }

  /** Reads on this thread. What opening the object throws beyond the operating system's errors is passed on. */
  here(entry: SourceObject, context: FileContext): Promise<TrailTable> {
    return readWatched(this.#reader, entry, { context, onAlive: this.#options.onAlive })
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }
}

interface Watching {
  readonly context: FileContext
  readonly onAlive: () => void
}

async function readWatched(
  reader: TrailReader,
  entry: SourceObject,
  { context, onAlive }: Watching,
): Promise<TrailTable> {
  const bytes = new WatchedBytes(entry, onAlive)
  const table = await reader.read(bytes.chunks(), context)
  if (bytes.fault !== null) throw bytes.fault
  return table
}

/** An object's bytes on their way: a fault of the whole source is kept for the run. */
class WatchedBytes {
  fault: Fault | null = null
  readonly #entry: SourceObject
  readonly #onAlive: () => void

  constructor(entry: SourceObject, onAlive: () => void) {
    this.#entry = entry
    this.#onAlive = onAlive
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#entry.open()) {
        this.#onAlive()
        yield chunk
      }
    } catch (error) {
      if (error instanceof Fault) this.fault = error
      throw error
    }
  }
}
