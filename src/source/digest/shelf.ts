import type { Bucket } from '../s3/door.ts'
import { foldersOf, objectsOf, type Stretch } from '../s3/list-trail.ts'
import { bucketFault } from '../s3-objects.ts'

/** A file's bytes as stored, and what S3 keeps beside them. */
export interface Stored {
  readonly metadata: Readonly<Record<string, string>>
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Files under keys, as a bucket has them. */
export interface Shelf {
  /** What names the shelf, before its keys: `s3://bucket/`, `/logs/`. */
  readonly title: string
  /** Folders right below one, each ending in `/`. */
  folders(prefix: string): Promise<readonly string[]>
  keys(stretch: Stretch): AsyncIterable<string>
  /** null: there is no such file. Rejects where it cannot be read. */
  open(key: string): Promise<Stored | null>
}

/** A bucket as a shelf; listing rejects with `INPUT_NOT_FOUND` or `AWS_ACCESS` where the bucket is not there or not ours. */
export function bucketShelf(bucket: Bucket, name: string): Shelf {
  const title = `s3://${name}/`
  return {
    title,
    folders: (prefix) =>
      foldersOf(bucket, prefix).catch((error: unknown) => {
        throw bucketFault(error, title)
      }),
    async *keys(stretch) {
      try {
        for await (const { key } of objectsOf(bucket, stretch)) yield key
      } catch (error) {
        throw bucketFault(error, title)
      }
    },
    async open(key) {
      try {
        return await bucket.open(key)
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null
        throw error
      }
    },
  }
}
