import type { STSClient } from '@aws-sdk/client-sts'
import { Fault } from '../../base/fault.ts'
import { troubleOf, unreachable } from '../lookup/trouble.ts'
import type { AwsDoor, RoleKeys } from './door.ts'
import { callerOf, stsOf } from './sts.ts'

/** A door that leads through a role. */
export type RoleDoor = AwsDoor & { readonly roleArn: string }

/** What the role's sessions are called in CloudTrail. */
const SESSION_NAME = 'offtrail'
/** Keys are not used to their last moment. */
const EARLY_MS = 300_000

/**
 * Takes a role, and again shortly before its keys expire. Rejects with `AWS_ACCESS` where the role is refused or nobody is known
 * to ask for it, and with `AWS_UNREACHABLE` where STS does not answer.
 */
export function takenRole(door: RoleDoor, now: () => number = Date.now): () => Promise<RoleKeys> {
  let keys: RoleKeys | null = null
  return async () => {
    if (keys === null || keys.expiration.getTime() - EARLY_MS <= now()) keys = await take(door)
    return keys
  }
}

async function take(door: RoleDoor): Promise<RoleKeys> {
  const sts = await stsOf(door)
  try {
    return await assume(sts, door)
  } catch (error) {
    throw await roleFault(error as Error, sts, door)
  } finally {
    sts.destroy()
  }
}

async function assume(sts: STSClient, { roleArn, externalId }: RoleDoor): Promise<RoleKeys> {
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts')
  const { Credentials: keys } = await sts.send(
    new AssumeRoleCommand({
      ...{ RoleArn: roleArn, RoleSessionName: SESSION_NAME },
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    }),
  )
  return {
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
    expiration: keys?.Expiration ?? new Date(0),
    accountId: roleArn.split(':')[4] ?? '',
  }
}

async function roleFault(error: Error, sts: STSClient, door: RoleDoor): Promise<Fault> {
  const { roleArn, externalId } = door
  if (troubleOf(error) === 'busy') return unreachable(error, `STS, which was asked for ${roleArn}`)
  const said = `${error.name}: ${error.message}`
  if (/^(CredentialsProvider|TokenProvider)Error$/.test(error.name)) {
    return new Fault(
      'AWS_ACCESS',
      `there are no credentials to take the role ${roleArn} with (${said}): name a profile, sign in again ("aws sso login"), or set the AWS_… environment variables`,
      { cause: error },
    )
  }
  const who = await callerOf(sts).then(
    ({ arn }) => arn,
    () => 'these credentials',
  )
  const condition =
    externalId === undefined
      ? '; where it asks for an external id, give that as well'
      : ', for the external id that was given'
  return new Fault(
    'AWS_ACCESS',
    `AWS did not let ${who} take the role ${roleArn} (${said}): the role's trust policy must allow sts:AssumeRole to that caller${condition}, and where the role is another account's, a policy of the caller must allow it, too`,
    { cause: error },
  )
}
