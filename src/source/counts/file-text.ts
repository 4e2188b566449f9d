import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Fault } from '../../base/fault.ts'

const CHUNK_BYTES = 256 * 1024

/**
 * The text of a file in pieces: UTF-8 with or without a byte order mark, plain or gzip, which its first bytes tell.
 * Rejects with `INPUT_NOT_FOUND` where it cannot be opened or read, and with what `brokenAt` makes of the reason where its
 * content cannot be trusted: gzip that is damaged or ends early, bytes that are no UTF-8.
 */
export async function* textOf(
  path: string,
  brokenAt: (words: string) => Error,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw brokenAt('from here on the text is no UTF-8: save the file as UTF-8')
    }
  }
  for await (const bytes of inflated(bytesOf(path), brokenAt)) yield decoded(bytes)
  yield decoded()
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES })
  } catch (cause) {
    throw new Fault(
      'INPUT_NOT_FOUND',
      `cannot read ${path}: ${(cause as Error).message}: name a file that can be read`,
      { cause },
    )
  }
}

async function* inflated(
  stored: AsyncGenerator<Buffer>,
  brokenAt: (words: string) => Error,
): AsyncGenerator<Buffer> {
  const { value: first, done } = await stored.next()
  if (done === true) return
  const all = joined(first, stored)
  if (first[0] === 0x1f && first[1] === 0x8b) yield* gunzipped(all, brokenAt)
  else yield* all
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

async function* gunzipped(
  stored: AsyncGenerator<Buffer>,
  brokenAt: (words: string) => Error,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  let storedBytes = 0
  async function* weighed(): AsyncGenerator<Buffer> {
    for await (const bytes of stored) {
      storedBytes += bytes.length
      yield bytes
    }
  }
  // Whatever goes wrong in the pipeline ends the stream that is read from, too.
  pipeline(Readable.from(weighed(), { objectMode: false }), gunzip).catch(() => {})
  try {
    yield* gunzip
  } catch (cause) {
    if (!String((cause as NodeJS.ErrnoException).code).startsWith('Z_')) throw cause
    throw brokenAt(
      `the gzip data behind this line is damaged or cut off (${(cause as Error).message}): copy the file again`,
    )
  }
  // Node passes over what follows a zero byte, and rows could be lost there.
  if (gunzip.bytesWritten < storedBytes)
    throw brokenAt('bytes that are no gzip follow the end of the gzip data: copy the file again')
}
