import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import type { Trail } from './digest-chain.ts'

/** Credentials that the endpoint takes, as the SDKs read them of the environment. */
export const CREDENTIALS = {
  ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
  ...{
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  },
}

/** S3 on loopback; `put` writes a trail's bucket there, metadata and all. */
export async function trailBuckets() {
  const server: FauxqsServer = await startFauxqs({ port: 0, logger: false })
  const url = `http://127.0.0.1:${server.port}`
  const client = new S3Client({
    ...{ endpoint: url, region: 'eu-west-1', forcePathStyle: true },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  })
  return {
    url,
    stop: () => server.stop(),
    async put({ bucket, objects }: Trail): Promise<void> {
      server.createBucket(bucket)
      for (const [Key, { body: Body, metadata: Metadata }] of objects)
        await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, Metadata }))
    },
  }
}
