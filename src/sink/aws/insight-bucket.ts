import type { S3Client } from '@aws-sdk/client-s3'
import type { S3Settings } from '../../base/sinks.ts'
import { isOfAws } from '../../insight/record.ts'
import { type AwsClientConfig, withRegion } from '../../source/aws/door.ts'
import { type InsightFile, insightFiles } from '../insight-files.ts'
import type { Sink } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { awsFailure } from './aws-failure.ts'
import { clientSettings } from './client-settings.ts'

/**
 * A bucket that gets the files of `insightFiles`: what is delivered again overwrites itself. Throws a `SinkFailure` at the first file
 * that is not taken.
 */
export function insightBucket(settings: S3Settings, world: SinkWorld): Sink {
  const { bucket, prefix, organization, strict = false } = settings
  const config = clientSettings(settings, world)
  const place = { ...(prefix && { prefix }), ...(organization && { organization }) }
  return {
    name: `s3://${bucket}`,
    takes: isOfAws,
    async deliver(insights) {
      const files = await insightFiles(insights, { strict, ...place })
      if (files.length > 0) await putAll(files, settings, config)
    },
  }
}

/** A client for the bucket, wherever it is; with the Region that is configured, where one is. */
export async function bucketClient(settings: S3Settings, world: SinkWorld): Promise<S3Client> {
  return clientOf(settings, clientSettings(settings, world))
}

async function clientOf(settings: S3Settings, config: AwsClientConfig): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3')
  const all = {
    ...{ ...config, followRegionRedirects: true },
    ...(settings.endpointUrl === undefined ? {} : { forcePathStyle: true }),
  }
  return withRegion((region) => new S3Client({ ...all, ...region }))
}

async function putAll(
  files: readonly InsightFile[],
  settings: S3Settings,
  config: AwsClientConfig,
): Promise<void> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3')
  const client = await clientOf(settings, config)
  try {
    for (const file of files) await client.send(new PutObjectCommand(putOf(file, settings)))
  } catch (error) {
    throw awsFailure(error)
  } finally {
    client.destroy()
  }
}

function putOf({ key, bytes }: InsightFile, settings: S3Settings) {
  const { bucket, kmsKeyId, expectedBucketOwner } = settings
  return {
    ...{ Bucket: bucket, Key: key, Body: bytes },
    ...{ ContentType: 'application/json', ContentEncoding: 'gzip' },
    ...(kmsKeyId && { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyId }),
    ...(expectedBucketOwner && { ExpectedBucketOwner: expectedBucketOwner }),
  }
}
