/** What signs a request. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Keys of a role, for as long as they last. */
export interface RoleKeys extends AccessKey {
  readonly sessionToken: string
  readonly expiration: Date
  /** The role's own account. */
  readonly accountId: string
}

/** Which AWS, and as whom: what is left out comes from the SDK's default chain. */
export interface AwsDoor {
  /** A profile of the AWS configuration files. */
  readonly profile?: string
  /** In place of the Region's own endpoint. */
  readonly endpointUrl?: string
  readonly region?: string
  readonly credentials?: AccessKey
  /** A role to take with these credentials; requests are then signed as that role. */
  readonly roleArn?: string
  /** What the role's trust policy may ask for. */
  readonly externalId?: string
  /** Where roles are asked for, where that is not `endpointUrl` either. */
  readonly stsEndpointUrl?: string
  readonly patience?: Patience
}

/** How long a call is tried. */
export interface Patience {
  readonly tries: number
  readonly connectMs: number
  readonly answerMs: number
}

/** Settings of the SDK's clients, of any service. */
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
  readonly credentials?: AccessKey | (() => Promise<RoleKeys>)
}

/** For a look that should not take long. */
export const HURRIED: Patience = { tries: 2, connectMs: 2000, answerMs: 4000 }
const PATIENT: Patience = { tries: 8, connectMs: 10_000, answerMs: 60_000 }
/** Where no Region is configured; a bucket elsewhere sends us on. */
const ANY_REGION = 'us-east-1'

/** A client's settings as the door says them, before any role is taken: eight tries a call, and an end to waiting. */
export function plainConfig(door: AwsDoor): AwsClientConfig {
  const { region, profile, endpointUrl, credentials, patience = PATIENT } = door
  return {
    maxAttempts: patience.tries,
    requestHandler: {
      connectionTimeout: patience.connectMs,
      requestTimeout: patience.answerMs,
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
