import type { SecretPlace } from '../base/sinks.ts'
import type { AwsDoor } from '../source/aws/door.ts'
import type { Wire } from './web/reach.ts'

/** What sinks are given of the world. */
export interface SinkWorld extends Wire {
  /** Reads a secret. Throws a `Fault` where it is not there. */
  readonly secretAt: (place: SecretPlace) => string
  /** Wall clock, for signatures. */
  readonly now: () => number
  /** In place of Slack's own. */
  readonly slackApi?: string
  /** What no settings say of AWS: keys in place of what the SDK's default chain finds, and where STS is. */
  readonly aws?: Pick<AwsDoor, 'credentials' | 'stsEndpointUrl'>
}
