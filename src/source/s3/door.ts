import { awsConfig } from '../aws/client.ts'
import { type AwsDoor, withRegion } from '../aws/door.ts'

/** One object as a listing tells of it. */
export interface Listed {
  readonly key: string
  readonly etag: string
  readonly size: number
}

/** A page of a listing. */
export interface S3Page {
  readonly objects: readonly Listed[]
  /** What stands before the next `/`, where folders were asked for. */
  readonly folders: readonly string[]
  readonly token: string | undefined
}

/** What is asked of a bucket. Rejects with the SDK's own errors, after its tries. */
export interface Bucket {
  list(question: {
    readonly prefix: string
    readonly startAfter?: string
    readonly folders?: boolean
    readonly token?: string | undefined
  }): Promise<S3Page>
  read(key: string): AsyncIterable<Uint8Array>
  /** An object with its user-defined metadata, names in lower case. */
  open(key: string): Promise<Opened>
}

/** An object's bytes, and what was stored beside them. */
export interface Opened {
  readonly metadata: Readonly<Record<string, string>>
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Loads the AWS SDK and opens a bucket. */
export async function bucketOf(name: string, door: AwsDoor): Promise<Bucket> {
  const { S3Client, ListObjectsV2Command, GetObjectCommand } = await import('@aws-sdk/client-s3')
  const config = {
    ...{ ...awsConfig(door), followRegionRedirects: true },
    ...(door.endpointUrl === undefined ? {} : { forcePathStyle: true }),
  }
  const client = await withRegion((region) => new S3Client({ ...config, ...region }))
  const open = async (key: string): Promise<Opened> => {
    const question = new GetObjectCommand({ Bucket: name, Key: key })
    const { Body, Metadata = {} } = await client.send(question)
    return { metadata: Metadata, bytes: (Body ?? []) as unknown as AsyncIterable<Uint8Array> }
  }
  return {
    async list({ prefix, startAfter, folders, token }) {
      const answer = await client.send(
        new ListObjectsV2Command({
          ...{ Bucket: name, Prefix: prefix, ContinuationToken: token },
          ...(startAfter === undefined ? {} : { StartAfter: startAfter }),
          ...(folders === true ? { Delimiter: '/' } : {}),
        }),
      )
      return {
        objects: (answer.Contents ?? []).map(({ Key = '', ETag = '', Size = 0 }) => ({
          ...{ key: Key, etag: ETag.replaceAll('"', ''), size: Size },
        })),
        folders: (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
        token: answer.NextContinuationToken || undefined,
      }
    },
    async *read(key) {
      yield* (await open(key)).bytes
    },
    open,
  }
}
