import { awsConfig } from '../../source/aws/client.ts'
import type { AwsClientConfig, AwsDoor } from '../../source/aws/door.ts'
import type { SinkWorld } from '../sink-world.ts'

/** The SDK tries once and gives up soon: whoever sends has the patience. */
const SOON = { tries: 1, connectMs: 3000, answerMs: 5000 }

/** Settings of an SDK client, of any service. They remember the keys of a role, so one is made for all messages. */
export function clientSettings(settings: AwsDoor, { aws }: SinkWorld): AwsClientConfig {
  return awsConfig({ ...settings, ...aws, patience: SOON })
}
