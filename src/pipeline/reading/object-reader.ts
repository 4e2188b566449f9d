import { setImmediate } from 'node:timers/promises'
import { Fault } from '../../base/fault.ts'
import type { FileContext } from '../../event/api-call.ts'
import { TrailReader, type TrailTable } from '../../event/trail-reader.ts'
import { readBytes, readSmall } from '../../source/local/read-bytes.ts'
import type { SourceObject } from '../../source/source.ts'
import type { Ahead } from './in-turn.ts'
import type { FileOrder } from './messages.ts'
import { ThreadPool } from './thread-pool.ts'

const MEBIBYTE = 1024 * 1024
/** So much is read without threads: it takes no longer than starting them. */
const START_FILES = 16
const START_BYTES = 4 * MEBIBYTE
/** What is fetched from far away before its turn, at most. */
const FETCHED_FILES = 16
const FETCHED_BYTES = 64 * MEBIBYTE
const AHEAD_FILES_PER_THREAD = 128
const AHEAD_BYTES_PER_THREAD = 16 * MEBIBYTE

export interface ObjectReaderOptions {
  /** Threads to read with, this one among them. */
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

  /**
   * Has a thread begin to read, or `null`: to be read here, in its turn. What it gives is called in its turn, when everything
   * before has been called: rather than wait, this thread then reads what no other has begun with.
   */
  begin(entry: SourceObject, context: FileContext): (() => Promise<TrailTable>) | null {
    const { place, size, isFar } = entry
    if (isFar === true) {
      const fetched = this.#fetch(entry, context)
      return fetched === null ? null : () => fetched
    }
    const { workers, onAlive } = this.#options
    if (workers === 1 || place === undefined) return null
    this.#files += 1
    this.#bytes += size ?? 0
    if (this.#pool === null && this.#files <= START_FILES && this.#bytes <= START_BYTES) return null
    this.#pool ??= new ThreadPool({ threadCount: workers - 1, onAlive })
    const pool = this.#pool
    const table = pool.read({ place, context }, size ?? 0)
    return () => this.#readUntil(table, pool)
  }

  async #readUntil(table: Promise<TrailTable>, pool: ThreadPool): Promise<TrailTable> {
    let isThere = false
    const seen = () => {
      isThere = true
    }
    table.then(seen, seen)
    // What threads have answered comes in between two turns.
    for (await null; !isThere; await setImmediate()) {
      const job = pool.takeBack()
      if (job === null) break
      job.take(await this.#readPlace(job.file))
    }
    return await table
  }

  /** Reads on this thread. What opening the object throws beyond the operating system's errors is passed on. */
  async here(entry: SourceObject, context: FileContext): Promise<TrailTable> {
    if (entry.place !== undefined) return this.#readPlace({ place: entry.place, context })
    return readWatched(this.#reader, entry.open, { context, onAlive: this.#options.onAlive })
  }

  async #readPlace({ place, context }: FileOrder): Promise<TrailTable> {
    const { onAlive } = this.#options
    onAlive()
    const stored = readSmall(place)
    const table = stored === null ? null : this.#reader.readAtOnce(stored, context)
    if (table !== null) return table
    return readWatched(this.#reader, () => readBytes(place), { context, onAlive })
  }

  /** Fetches now, and reads when those before are read; what is too large to hold is read in its turn. */
  #fetch(entry: SourceObject, context: FileContext): Promise<TrailTable> | null {
    if (entry.size === null || entry.size > FETCHED_BYTES) return null
    const { onAlive } = this.#options
    const bytes = wholeOf(entry)
    const read = this.#fetched.then(() =>
      readWatched(this.#fetchedReader, () => bytes.chunks(), { context, onAlive }),
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
  open: SourceObject['open'],
  { context, onAlive }: Watching,
): Promise<TrailTable> {
  const bytes = new WatchedBytes(open, onAlive)
  const table = await reader.read(bytes.chunks(), context)
  if (bytes.fault !== null) throw bytes.fault
  return table
}

/** An object's bytes on their way: a fault of the whole source is kept for the run. */
class WatchedBytes {
  fault: Fault | null = null
  readonly #open: SourceObject['open']
  readonly #onAlive: () => void

  constructor(open: SourceObject['open'], onAlive: () => void) {
    this.#open = open
    this.#onAlive = onAlive
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#open()) {
        this.#onAlive()
        yield chunk
      }
    } catch (error) {
      if (error instanceof Fault) this.fault = error
      throw error
    }
  }
}
