import { Readable } from 'node:stream'
import { createGunzip, type Gunzip } from 'node:zlib'
import type { FileLimits } from './api-call.ts'
import type { InflateRoom } from './inflate-room.ts'
import { damaged, type StopReading } from './stop-reading.ts'

const MEBIBYTE = 1024 * 1024
/** Up to this size a file is inflated in one call, which costs a half to a third of the CPU of a stream. */
const AT_ONCE_BYTES = 64 * MEBIBYTE
const CHUNK_BYTES = 256 * 1024
/** A header, an empty block and a trailer. */
const SMALLEST_BYTES = 20
/** Small files may well compress beyond any ratio. */
const RATIO_FROM_BYTES = 64 * MEBIBYTE

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Where a file is inflated to. */
export interface Inflating {
  /** Taken for files that fit: what is pushed of them is valid until the next. */
  readonly room: InflateRoom
  readonly push: (chunk: Uint8Array, isWhole: boolean) => void
}

/**
 * Inflates a gzip file of any number of members, the checksum of each checked, and nothing else after the last: Node
 * and gzip(1) pass over what follows a zero byte, and a second member could hide there.
 * @throws StopReading GZIP_CUT_OFF, GZIP_CORRUPT, or GZIP_BOMB as soon as a limit is passed; some of the content may
 * have been pushed by then
 */
export async function inflate(
  stored: Buffer,
  limits: FileLimits,
  { room, push }: Inflating,
): Promise<void> {
  const whole = inflatedAtOnce(stored, limits, room)
  if (whole !== null) return push(whole, true)
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  let inflatedBytes = 0
  for await (const chunk of damageNamed(Readable.from(slices(stored)).pipe(gunzip))) {
    inflatedBytes += chunk.length
    refuseBomb(inflatedBytes, gunzip.bytesWritten, limits)
    push(chunk, false)
  }
  refuseRest(stored, gunzip.bytesWritten)
}

/**
 * The content of a sound file of one member that is small enough. Its trailer names its size, so nothing is spent on a
 * file that turns out to have more; `null` leaves the verdict to the stream.
 */
export function inflatedAtOnce(
  stored: Uint8Array,
  limits: FileLimits,
  room: InflateRoom,
): Uint8Array | null {
  const size = stored.length < SMALLEST_BYTES ? 0 : sizeNamed(stored)
  if (size === 0 || size > Math.min(AT_ONCE_BYTES, limits.inflatedBytes)) return null
  try {
    const { content, storedBytes } = room.inflate(stored, size)
    return storedBytes === stored.length ? content : null
  } catch {
    return null
  }
}

function sizeNamed({ buffer, byteOffset, length }: Uint8Array): number {
  return new DataView(buffer, byteOffset + length - 4).getUint32(0, true)
}

function* slices(stored: Buffer): Generator<Buffer> {
  for (let at = 0; at < stored.length; at += CHUNK_BYTES)
    yield stored.subarray(at, at + CHUNK_BYTES)
}

async function* damageNamed(gunzip: Gunzip): AsyncGenerator<Buffer> {
  try {
    yield* gunzip
  } catch (cause) {
    throw damageOf(cause, gunzip.bytesWritten)
  }
}

function damageOf(cause: unknown, at: number): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  if (cause.code === 'Z_BUF_ERROR')
    return damaged('GZIP_CUT_OFF', `the gzip data ends early, at byte ${at}`)
  if (!String(cause.code).startsWith('Z_')) return cause
  return damaged('GZIP_CORRUPT', `the gzip data is damaged before byte ${at}: ${cause.message}`)
}

function refuseBomb(inflatedBytes: number, storedBytes: number, limits: FileLimits): void {
  if (inflatedBytes > limits.inflatedBytes)
    throw bomb(`it inflates to more than ${limits.inflatedBytes} bytes`)
  const ratio = inflatedBytes / Math.max(1, storedBytes)
  if (inflatedBytes > RATIO_FROM_BYTES && ratio > limits.inflateRatio)
    throw bomb(
      `${storedBytes} bytes inflate to ${inflatedBytes}, more than 1:${limits.inflateRatio}`,
    )
}

function bomb(message: string): StopReading {
  return damaged('GZIP_BOMB', message)
}

function refuseRest(stored: Buffer, end: number): void {
  if (end < stored.length)
    throw damaged(
      'GZIP_CORRUPT',
      `${stored.length - end} bytes that are no gzip follow the last member, at byte ${end}`,
    )
}
