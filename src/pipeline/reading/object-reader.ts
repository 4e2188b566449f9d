import { Fault } from '../../base/fault.ts'
import type { FileContext } from '../../event/api-call.ts'
import { TrailReader, type TrailTable } from '../../event/trail-reader.ts'
import { readSmall } from '../../source/local/read-bytes.ts'
import type { SourceObject } from '../../source/source.ts'
import type { Ahead } from './in-turn.ts'
import { ThreadPool } from './thread-pool.ts'

const MEBIBYTE = 1024 * 1024
/** So much is read without threads: it takes no longer than starting them. */
const START_FILES = 16
const START_BYTES = 4 * MEBIBYTE
/** What is fetched from far away before its turn, at most. */
const FETCHED_FILES = 16
const FETCHED_BYTES = 64 * MEBIBYTE
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
  readonly #fetchedReader = new TrailReader()
  #fetched: Promise<unknown> = Promise.resolve()
  #files = 0
  #bytes = 0

  constructor(options: ObjectReaderOptions) {
    const { workers } = options
    this.#options = options
    this.ahead =
      workers === 1
        ? { count: FETCHED_FILES, size: FETCHED_BYTES }
        : { count: workers * AHEAD_FILES_PER_THREAD, size: workers * AHEAD_BYTES_PER_THREAD }
  }

  /** Has a thread begin to read, or `null`: to be read here, in its turn. */
  begin(entry: SourceObject, context: FileContext): Promise<TrailTable> | null {
    const { place, size, isFar } = entry
    if (isFar === true) return this.#fetch(entry, context)
    const { workers, onAlive } = this.#options
    if (workers === 1 || place === undefined) return null
    this.#files += 1
    this.#bytes += size ?? 0
    if (this.#pool === null && this.#files <= START_FILES && this.#bytes <= START_BYTES) return null
    this.#pool ??= new ThreadPool({ threadCount: workers, onAlive })
    return this.#pool.read({ place, context }, size ?? 0)
  }

  /** Reads on this thread. What opening the object throws beyond the operating system's errors is passed on. */
  async here(entry: SourceObject, context: FileContext): Promise<TrailTable> {
    const { onAlive } = this.#options
    onAlive()
    const stored = entry.place === undefined ? null : readSmall(entry.place)
    const table = stored === null ? null : this.#reader.readAtOnce(stored, context)
    return table ?? (await readWatched(this.#reader, entry, { context, onAlive }))
  }

  /** Fetches now, and reads when those before are read; what is too large to hold is read in its turn. */
  #fetch(entry: SourceObject, context: FileContext): Promise<TrailTable> | null {
    if (entry.size === null || entry.size > FETCHED_BYTES) return null
    const { onAlive } = this.#options
    const bytes = wholeOf(entry)
    const read = this.#fetched.then(() =>
      readWatched(
        this.#fetchedReader,
        { ...entry, open: () => bytes.chunks() },
        { context, onAlive },
      ),
    )
    this.#fetched = read.catch(() => {})
    return read
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }
}

/**
 * An object's bytes, asked for at once; what goes wrong is told to whoever reads them. No more are held than were listed: what
 * comes beyond is for the reader to take, or to refuse.
 */
function wholeOf(entry: SourceObject): { readonly chunks: () => AsyncIterable<Uint8Array> } {
  const rest = entry.open()[Symbol.asyncIterator]()
  const fetched = gathered(rest, entry.size ?? 0)
  fetched.catch(() => {})
  return {
    async *chunks() {
      yield* await fetched
      yield* { [Symbol.asyncIterator]: () => rest }
    },
  }
}

async function gathered(
  from: AsyncIterator<Uint8Array>,
  most: number,
): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  while (bytes <= most) {
    const step = await from.next()
    if (step.done === true) break
    chunks.push(step.value)
    bytes += step.value.length
  }
  return chunks
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
