import { type AwsClientConfig, type AwsDoor, plainConfig } from './door.ts'
import { takenRole } from './role.ts'

/** A client's settings as the door says them; with a role, that is taken when something is asked. */
export function awsConfig(door: AwsDoor): AwsClientConfig {
  const { roleArn } = door
  const config = plainConfig(door)
  return roleArn === undefined
    ? config
    : { ...config, credentials: takenRole({ ...door, roleArn }) }
}
