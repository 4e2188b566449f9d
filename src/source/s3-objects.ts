import { Fault } from '../base/fault.ts'
import { troubleOf } from './lookup/trouble.ts'
import { parseObjectName } from './object-name.ts'
import { type Bucket, bucketOf, type Listed, type S3Door } from './s3/door.ts'
import { type DaySpan, listTrail } from './s3/list-trail.ts'
import type { Source, SourceObject } from './source.ts'

/** Which objects to read, and as whom. */
export interface S3Options extends S3Door {
  /** `s3://BUCKET[/PREFIX]`. */
  readonly url: string
  /** Days of delivery that are wanted; null: all. */
  readonly span: DaySpan | null
}

/**
 * Trail files in a bucket: `s3://BUCKET[/PREFIX]`. An object is known by its key and `ETag`, so that it is read once, whenever and
 * wherever in the listing it appears. Throws `USAGE` for a malformed address; listing throws `INPUT_NOT_FOUND` where there is
 * no such bucket and `AWS_ACCESS` without permission. An object that cannot be read is an object that failed, and is tried
 * again by the next run. The SDK is loaded when listing.
 */
export function s3Objects(options: S3Options): Source {
  const { name, prefix } = bucketAddress(options.url)
  const title = `s3://${name}/${prefix}`
  return {
    title,
    async *list() {
      try {
        const bucket = await bucketOf(name, options)
        for await (const listed of listTrail(bucket, prefix, options.span)) {
          yield objectOf(bucket, name, listed)
        }
      } catch (error) {
        throw bucketFault(error, title)
      }
    },
  }
}

/** The bucket and prefix of `s3://BUCKET[/PREFIX]`. Throws `USAGE`. */
export function bucketAddress(url: string): { readonly name: string; readonly prefix: string } {
  const [, name, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url) ?? []
  if (name === undefined) {
    throw new Fault('USAGE', `'${url}' is no bucket: write s3://BUCKET or s3://BUCKET/PREFIX`)
  }
  return { name, prefix }
}

function objectOf(bucket: Bucket, name: string, { key, etag, size }: Listed): SourceObject {
  return {
    kind: 'object',
    source: 's3',
    key: `s3://${name}/${key}`,
    version: `${etag} ${size}`,
    ...{ size, name: parseObjectName(key), isFar: true },
    open: () => bytesOf(bucket, key),
  }
}

/** A refused object is no fault of the whole source: other objects may have other keys. */
async function* bytesOf(bucket: Bucket, key: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bucket.read(key)
  } catch (cause) {
    const { name, message } = cause as Error
    const code = troubleOf(cause) === 'access' ? 'EACCES' : 'EIO'
    throw Object.assign(new Error(`S3: ${name}: ${message}`, { cause }), { code })
  }
}

/** What a person is told of an error of S3: a fault, where they can mend it. */
export function bucketFault(error: unknown, title: string): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error
  const said = `${error.name}: ${error.message}`
  if (error.name === 'NoSuchBucket') {
    return new Fault('INPUT_NOT_FOUND', `there is no bucket behind ${title} (${said})`, {
      cause: error,
    })
  }
  if (troubleOf(error) !== 'access') return error
  return new Fault(
    'AWS_ACCESS',
    `AWS refused ${title} (${said}): expected credentials that allow s3:ListBucket and s3:GetObject there (and kms:Decrypt, where the trail is encrypted); name a profile with --profile, sign in again ("aws sso login"), or set the AWS_… environment variables`,
    { cause: error },
  )
}
