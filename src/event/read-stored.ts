import { createHash, hash } from 'node:crypto'
import type { FileLimits, FileReading, Framing } from './api-call.ts'
import { HeldBytes } from './framing/held-bytes.ts'
import { inflate, inflatedAtOnce, isGzip } from './inflate.ts'
import type { InflateRoom } from './inflate-room.ts'
import { damaged, StopReading } from './stop-reading.ts'

/** What takes in the inflated bytes of a file and finds out what is in it. */
export interface Content {
  /** Takes a chunk in; `isWhole`: nothing comes before or after it, and it stays as it is. */
  push(chunk: Uint8Array, isWhole: boolean): void
  /** Nothing follows. */
  end(): void
  /** Bytes taken in. */
  readonly size: number
  /** Why reading ended early, if it did. */
  readonly stop: StopReading | null
  readonly framing: Framing | null
  /** Records seen, those in what follows damage included. */
  readonly records: number
  /** Whether some lines or rows were no records. */
  readonly isPartial: boolean
}

/** What a file is read with. */
export interface ReadingWith {
  readonly limits: FileLimits
  /** For one file at a time. */
  readonly room: InflateRoom
}

/** Reads one file, from its bytes as stored, into what takes in its content. Throws nothing but what `content` throws. */
export async function readStored(
  bytes: AsyncIterable<Uint8Array>,
  content: Content,
  how: ReadingWith,
): Promise<FileReading> {
  const stored = new StoredBytes(bytes)
  const stop = await stopOf(() => readContent(stored, content, how))
  return readingOf(content, stop, stored)
}

/**
 * Reads one file that is there at once, or `null`: it is for `readStored` to read, with a content anew. What is told of it is the
 * same, for a third of what the turns of a stream cost on a small file.
 */
export function readAtOnce(
  stored: Uint8Array,
  content: Content,
  { limits, room }: ReadingWith,
): FileReading | null {
  if (!isGzip(stored) || stored.length > limits.storedBytes) return null
  const whole = inflatedAtOnce(stored, limits, room)
  if (whole === null) return null
  let stop: StopReading | null = null
  try {
    content.push(whole, true)
    content.end()
  } catch (cause) {
    stop = stopFrom(cause)
  }
  return readingOf(content, stop, { sha256: hash('sha256', stored, 'hex'), size: stored.length })
}

function readingOf(
  content: Content,
  thrown: StopReading | null,
  { sha256, size }: Pick<StoredBytes, 'sha256' | 'size'>,
): FileReading {
  const stop = thrown ?? content.stop
  const isForeign = stop?.outcome === 'skipped' && stop.code !== 'INSIGHT'
  return {
    outcome: stop?.outcome ?? (content.isPartial ? 'partial' : 'done'),
    code: stop?.code ?? null,
    message: stop?.outcome === 'failed' ? stop.message : null,
    framing: isForeign ? null : content.framing,
    sha256,
    storedBytes: size,
    inflatedBytes: content.size,
    records: isForeign ? 0 : content.records,
  }
}

/** The bytes of a file on their way, counted and hashed. */
class StoredBytes {
  size = 0
  /** Hexadecimal, once everything has been read. */
  sha256: string | null = null
  readonly #bytes: AsyncIterable<Uint8Array>

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes
  }

  /** The chunks; the first has at least the two bytes that tell gzip, if there are as many. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const digest = createHash('sha256')
    const head = new HeldBytes(Number.POSITIVE_INFINITY)
    for await (const chunk of readFailureNamed(this.#bytes)) {
      digest.update(chunk)
      this.size += chunk.length
      if (this.size - chunk.length >= GZIP_MARK_BYTES) yield chunk
      else if (head.size === 0 && chunk.length >= GZIP_MARK_BYTES) yield chunk
      else {
        head.append(chunk)
        if (head.size >= GZIP_MARK_BYTES) yield head.bytes ?? chunk
      }
    }
    this.sha256 = digest.digest('hex')
    if (this.size > 0 && this.size < GZIP_MARK_BYTES) yield head.bytes ?? NOTHING
  }
}

const GZIP_MARK_BYTES = 2
const NOTHING = new Uint8Array(0)

async function readContent(
  stored: StoredBytes,
  content: Content,
  { limits, room }: ReadingWith,
): Promise<void> {
  const packed: Uint8Array[] = []
  for await (const chunk of stored.chunks()) {
    if (packed.length > 0 || (content.size === 0 && isGzip(chunk))) {
      refuseLarge(stored.size, limits.storedBytes, 'stored')
      packed.push(Uint8Array.prototype.slice.call(chunk))
    } else {
      refuseLarge(stored.size, limits.inflatedBytes, 'plain')
      content.push(chunk, false)
    }
  }
  if (packed.length > 0)
    await inflate(joined(packed), limits, {
      ...{ room, push: (chunk, isWhole) => content.push(chunk, isWhole) },
    })
  content.end()
}

function joined(chunks: Uint8Array[]): Buffer {
  const [first] = chunks
  const whole =
    chunks.length === 1 && first !== undefined
      ? Buffer.from(first.buffer, first.byteOffset, first.length)
      : Buffer.concat(chunks)
  chunks.length = 0
  return whole
}

function refuseLarge(size: number, limit: number, what: string): void {
  if (size > limit) throw damaged('TOO_LARGE', `its ${what} bytes are more than ${limit}`)
}

async function* readFailureNamed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw readFailure(cause)
  }
}

function readFailure(cause: unknown): StopReading {
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  const isForbidden = code === 'EACCES' || code === 'EPERM'
  return damaged(isForbidden ? 'NO_PERMISSION' : 'READ_FAILED', message)
}

async function stopOf(read: () => Promise<void>): Promise<StopReading | null> {
  try {
    await read()
    return null
  } catch (cause) {
    return stopFrom(cause)
  }
}

function stopFrom(cause: unknown): StopReading {
  if (cause instanceof StopReading) return cause
  throw cause
}
