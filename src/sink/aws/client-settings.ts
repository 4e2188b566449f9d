import type { SNSClientConfig } from '@aws-sdk/client-sns'

/** Which AWS, and as whom: what is left out comes from the SDK's default chain. */
export interface AwsDoor {
  readonly profile?: string
  readonly endpointUrl?: string
  readonly region?: string
}

/** Keys in place of the default chain's. */
export interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Settings of an SDK client: of any service. */
export type ClientSettings = Pick<
  SNSClientConfig,
  'region' | 'profile' | 'endpoint' | 'credentials' | 'maxAttempts' | 'requestHandler'
>

const CONNECT_MS = 3000
const ANSWER_MS = 5000

/** The SDK tries once and gives up soon: whoever sends has the patience. */
export function clientSettings(
  { region, profile, endpointUrl }: AwsDoor,
  credentials: AwsKeys | undefined,
): ClientSettings {
  return {
    maxAttempts: 1,
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
