import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { keyFromPath } from './path-key.ts'

/** Up to this size a file is read in one piece. */
const WHOLE_BYTES = 1024 * 1024
const CHUNK_BYTES = 256 * 1024
const SMALL_BYTES = 8 * WHOLE_BYTES
const readSome = promisify(read)

/** Where to read, and whether a symbolic link there may be followed: plain data, for another thread too. */
export interface FilePlace {
  /** The path's bytes, one a character. */
  readonly latin1: string
  readonly follow: boolean
}

/** Throws the operating system's error where a file may not be read: only opening it tells for certain. */
export function openAndClose(place: FilePlace): void {
  closeSync(opened(place))
}

/**
 * All bytes of a regular file of up to 8 MB, valid until the next, at once: a turn through the thread pool would take ten times as
 * long as reading a trail file of 10 KB, and memory for each would have to be cleared. `null`: for `readBytes` to tell.
 */
export function readSmall(place: FilePlace): Uint8Array | null {
  try {
    const file = opened(place)
    try {
      const stats = fstatSync(file)
      const isSmall = stats.isFile() && stats.size > 0 && stats.size <= SMALL_BYTES
      return isSmall ? filledFrom(file, roomFor(stats.size)) : null
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

let room = new Uint8Array(0)

function roomFor(size: number): Uint8Array {
  if (size > room.length)
    room = new Uint8Array(Math.max(WHOLE_BYTES, 2 ** Math.ceil(Math.log2(size))))
  return room.subarray(0, size)
}

/**
 * The bytes of a regular file: up to 1 MB in one piece, beyond that in chunks of 256 KB.
 * Never waits on a FIFO that took the file's place; follows no symbolic link unless told to.
 * Rejects with the operating system's error, or says that the path holds no regular file any more.
 */
export async function* readBytes(place: FilePlace): AsyncGenerator<Uint8Array> {
  const file = opened(place)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile())
      throw new Error(`${keyFromPath(pathAt(place))} is no longer a regular file`)
    // Some file systems give no size before a file is read.
    if (stats.size > 0 && stats.size <= WHOLE_BYTES)
      yield filledFrom(file, Buffer.allocUnsafeSlow(stats.size))
    else yield* chunksOf(file)
  } finally {
    closeSync(file)
  }
}

function opened(place: FilePlace): number {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK
  return openSync(pathAt(place), place.follow ? flags : flags | constants.O_NOFOLLOW)
}

function pathAt({ latin1 }: FilePlace): Buffer {
  return Buffer.from(latin1, 'latin1')
}

/** The bytes that there are. */
function filledFrom(file: number, room: Uint8Array): Uint8Array {
  let filled = 0
  while (filled < room.length) {
    const bytesRead = readSync(file, room, filled, room.length - filled, null)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return room.subarray(0, filled)
}

async function* chunksOf(file: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
    const { bytesRead } = await readSome(file, buffer, 0, CHUNK_BYTES, null)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
