import { Fault } from '../base/fault.ts'
import type { AwsDoor } from './aws/door.ts'
import type { DeliverySpan } from './delivery-span.ts'
import { troubleOf, unreachable } from './lookup/trouble.ts'
import { bucketOf } from './s3/door.ts'
import { listTrail, type TrailFiles } from './s3/list-trail.ts'
import { s3Object } from './s3/object.ts'
import type { Source } from './source.ts'

/** Which objects to read, and as whom. */
export interface S3Options extends AwsDoor {
  /** `s3://BUCKET[/PREFIX]`. */
  readonly url: string
  /** Days of delivery that are wanted; null: all. */
  readonly span: DeliverySpan | null
  /** Files of events, unless said otherwise. */
  readonly files?: TrailFiles
}

/**
 * Trail files in a bucket: `s3://BUCKET[/PREFIX]`. An object is known by its key and `ETag`, so that it is read once, whenever and
 * wherever in the listing it appears. Throws `USAGE` for a malformed address; listing throws `INPUT_NOT_FOUND` where there is
 * no such bucket, `AWS_ACCESS` without permission and `AWS_UNREACHABLE` without an answer. An object that cannot be read is an
 * object that failed, and is tried again by the next run. The SDK is loaded when listing.
 */
export function s3Objects(options: S3Options): Source {
  const { name, prefix } = bucketAddress(options.url)
  const title = `s3://${name}/${prefix}`
  const { span, files = 'events' } = options
  return {
    title,
    async *list() {
      try {
        const bucket = await bucketOf(name, options)
        for await (const listed of listTrail(bucket, prefix, { span, files })) {
          yield s3Object(bucket, name, listed)
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

/** What a person is told of an error of S3: a fault, where they can mend it. */
export function bucketFault(error: unknown, title: string): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error
  const said = `${error.name}: ${error.message}`
  if (error.name === 'NoSuchBucket') {
    return new Fault('INPUT_NOT_FOUND', `there is no bucket behind ${title} (${said})`, {
      cause: error,
    })
  }
  const trouble = troubleOf(error)
  if (trouble === 'busy') return unreachable(error, title)
  if (trouble !== 'access') return error
  return new Fault(
    'AWS_ACCESS',
    `AWS refused ${title} (${said}): expected credentials that allow s3:ListBucket and s3:GetObject there (and kms:Decrypt, where the trail is encrypted); name a profile with --profile, sign in again ("aws sso login"), or set the AWS_… environment variables`,
    { cause: error },
  )
}
