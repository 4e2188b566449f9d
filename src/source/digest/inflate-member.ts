import { once } from 'node:events'
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { gzipHeaderEnd } from './gzip-header.ts'

/** How a file of one gzip member turned out. `trailing`: other bytes follow, which gzip readers differ about. */
export type Inflated =
  | { readonly kind: 'whole' }
  | { readonly kind: 'trailing' | 'damaged' | 'large'; readonly words: string }

const TRAILER_BYTES = 8

/**
 * Inflates a file of exactly one gzip member piece by piece, its checksum and length held against its trailer. Plain bytes, as
 * some tools store them, are passed on as they are. Rejects only with what `bytes` rejects with.
 */
export async function inflateMember(
  bytes: AsyncIterable<Uint8Array>,
  mostBytes: number,
  take: (piece: Uint8Array) => void,
): Promise<Inflated> {
  const sum = { size: 0, crc: 0 }
  const member = openMember((piece) => {
    sum.size += piece.length
    sum.crc = crc32(piece, sum.crc)
    if (sum.size <= mostBytes) take(piece)
  })
  for await (const chunk of bytes) {
    await member.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    if (sum.size > mostBytes)
      return { kind: 'large', words: `it inflates to more than ${mostBytes} bytes` }
    if (member.error() !== null) break
  }
  return await member.end(sum)
}

interface Sum {
  readonly size: number
  readonly crc: number
}

/** A member that is being read: its header, then its deflated bytes, then whatever follows. */
function openMember(take: (piece: Uint8Array) => void) {
  let head = Buffer.alloc(0)
  let headerEnd: number | 'more' | null = 'more'
  let storedBytes = 0
  let tail = Buffer.alloc(0)
  const raw = openRaw(take)
  return {
    error: raw.error,
    async write(chunk: Buffer): Promise<void> {
      storedBytes += chunk.length
      tail = Buffer.concat([tail, chunk.subarray(-TRAILER_BYTES)]).subarray(-TRAILER_BYTES)
      if (headerEnd === null) return take(chunk)
      if (headerEnd !== 'more') return await raw.write(chunk)
      head = Buffer.concat([head, chunk])
      headerEnd = gzipHeaderEnd(head)
      if (headerEnd === null) take(head)
      else if (headerEnd !== 'more') await raw.write(head.subarray(headerEnd))
    },
    async end(sum: Sum): Promise<Inflated> {
      if (headerEnd === null) return { kind: 'whole' }
      if (headerEnd === 'more') return { kind: 'damaged', words: 'it ends within its gzip header' }
      const consumed = await raw.end()
      const error = raw.error()
      if (error !== null) return { kind: 'damaged', words: `its gzip data: ${error}` }
      const rest = storedBytes - headerEnd - consumed - TRAILER_BYTES
      if (rest > 0) return { kind: 'trailing', words: `${rest} bytes follow its gzip data` }
      if (rest < 0) return { kind: 'damaged', words: 'its gzip trailer is cut off' }
      return trailerOf(tail, sum)
    },
  }
}

function trailerOf(tail: Buffer, { crc, size }: Sum): Inflated {
  const isSound = tail.readUInt32LE(0) === crc && tail.readUInt32LE(4) === size % 2 ** 32
  return isSound ? { kind: 'whole' } : { kind: 'damaged', words: 'its gzip checksum is wrong' }
}

/** Deflated bytes to their own end, wherever in the chunks that is. */
function openRaw(take: (piece: Uint8Array) => void) {
  const raw: InflateRaw = createInflateRaw()
  let state: 'open' | 'ended' | Error = 'open'
  raw.on('data', take)
  const done = new Promise<void>((resolve) => {
    raw.once('end', () => {
      if (state === 'open') state = 'ended'
      resolve()
    })
    raw.once('error', (error) => {
      state = error
      resolve()
    })
  })
  return {
    error: () => (state instanceof Error ? state.message : null),
    async write(chunk: Buffer): Promise<void> {
      if (state !== 'open' || chunk.length === 0) return
      const written = new Promise<void>((resolve) => raw.write(chunk, () => resolve()))
      await Promise.race([written, done])
    },
    /** How many bytes it took. */
    async end(): Promise<number> {
      if (state === 'open') raw.end()
      await done
      raw.destroy()
      if (!raw.closed) await once(raw, 'close')
      return raw.bytesWritten
    },
  }
}
