import { troubleOf } from '../lookup/trouble.ts'
import { parseObjectName } from '../object-name.ts'
import type { SourceObject } from '../source.ts'
import type { Bucket } from './door.ts'

/** What is known of an object before it is read. */
export interface KnownObject {
  readonly key: string
  /** Without quotes; null where nobody said: it is read whenever it is named. */
  readonly etag: string | null
  /** Bytes; null where nobody said. */
  readonly size: number | null
}

/** An object of a bucket, as the ledger knows it: alike whether a listing or a message told of it. */
export function s3Object(
  bucket: Pick<Bucket, 'read'>,
  name: string,
  { key, etag, size }: KnownObject,
): SourceObject {
  return {
    kind: 'object',
    source: 's3',
    key: `s3://${name}/${key}`,
    version: etag === null || size === null ? null : `${etag} ${size}`,
    ...{ size, name: parseObjectName(key), isFar: true },
    open: () => bytesOf(bucket, key),
  }
}

/** A refused object is no fault of the whole source: other objects may have other keys. */
async function* bytesOf(bucket: Pick<Bucket, 'read'>, key: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bucket.read(key)
  } catch (cause) {
    const { name, message } = cause as Error
    const code = troubleOf(cause) === 'access' ? 'EACCES' : 'EIO'
    throw Object.assign(new Error(`S3: ${name}: ${message}`, { cause }), { code })
  }
}
