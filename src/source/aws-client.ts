import type { AccessKey } from './lookup/ask.ts'

/** Which AWS, and as whom: what is left out comes from the SDK's default chain. */
export interface AwsDoor {
  /** A profile of the AWS configuration files. */
  readonly profile?: string
  /** In place of the Region's own endpoint. */
  readonly endpointUrl?: string
  readonly region?: string
  readonly credentials?: AccessKey
}

/** Settings of the SDK's clients for S3 and SQS. */
export interface AwsClientConfig {
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
  readonly region?: string
  readonly profile?: string
  readonly endpoint?: string
  readonly credentials?: AccessKey
}

const CONNECT_MS = 10_000
const ANSWER_MS = 60_000
const MOST_TRIES = 8
/** Where no Region is configured; a bucket elsewhere sends us on. */
const ANY_REGION = 'us-east-1'

/** A client's settings as the door says them: eight tries a call, and an end to waiting. */
export function awsConfig({ region, profile, endpointUrl, credentials }: AwsDoor): AwsClientConfig {
  return {
    maxAttempts: MOST_TRIES,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
    },
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(credentials === undefined ? {} : { credentials }),
  }
}

/** A client made with the Region that is configured, or with any where none is. */
export async function withRegion<
  Client extends { readonly config: { readonly region: () => Promise<string> } },
>(make: (config: { readonly region?: string }) => Client): Promise<Client> {
  const configured = make({})
  const hasRegion = await configured.config.region().then(
    () => true,
    () => false,
  )
  return hasRegion ? configured : make({ region: ANY_REGION })
}
