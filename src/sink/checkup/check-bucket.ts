import type { S3Client } from '@aws-sdk/client-s3'
import { type Checked, type Finding, fine } from '../../base/finding.ts'
import type { S3Settings } from '../../base/sinks.ts'
import { awsFinding } from '../../source/checkup/aws-finding.ts'
import { bucketClient } from '../aws/insight-bucket.ts'
import type { SinkWorld } from '../sink-world.ts'

/** Whether a bucket is there, and belongs to whom it should. */
export async function checkBucket(
  of: Checked,
  settings: S3Settings,
  world: SinkWorld,
): Promise<Finding> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3')
  const { bucket, expectedBucketOwner } = settings
  const client: S3Client = await bucketClient(settings, world)
  const owner = expectedBucketOwner ? { ExpectedBucketOwner: expectedBucketOwner } : {}
  try {
    await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1, ...owner }))
    return fine(of, `s3://${bucket} is there`)
  } catch (error) {
    return awsFinding(of, error, { action: 's3:ListBucket', isDoctorsOwn: true })
  } finally {
    client.destroy()
  }
}
