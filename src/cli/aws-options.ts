import { Option } from 'commander'
import { EXTERNAL_ID, ROLE_ARN } from '../base/aws-role.ts'
import { Fault } from '../base/fault.ts'
import type { AwsDoor } from '../source/aws/door.ts'
import type { Terminal } from './terminal.ts'

/** Which AWS a command asks, and as whom. */
export interface AwsFlags {
  readonly profile?: string
  readonly endpointUrl?: string
  readonly roleArn?: string
  readonly externalId?: string
}

/** The options of `AwsFlags`, of commands that ask these services. */
export function awsOptions(services: string): readonly Option[] {
  return [
    new Option('--profile <name>', `AWS profile for ${services}`),
    new Option('--endpoint-url <url>', `another endpoint for ${services}, and for STS`),
    new Option(
      '--role-arn <arn>',
      `role to take for ${services}, also of another account`,
    ).argParser(
      matching(ROLE_ARN, '--role-arn takes the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME'),
    ),
    new Option('--external-id <id>', "what the role's trust policy asks for").argParser(
      matching(EXTERNAL_ID, '--external-id takes 2 to 1224 letters, digits or any of +=,.@:/_-'),
    ),
  ]
}

/** The door of a command's options. Roles are asked for where `AWS_ENDPOINT_URL_STS` says, if it does. Throws `USAGE`. */
export function doorOf(flags: AwsFlags, { variable }: Pick<Terminal, 'variable'>): AwsDoor {
  const { profile, endpointUrl, roleArn, externalId } = flags
  if (externalId !== undefined && roleArn === undefined)
    throw new Fault('USAGE', '--external-id is for a role: give --role-arn as well')
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...stsDoor({ variable }),
  }
}

/** Where STS is, as the environment has it. */
export function stsDoor({ variable }: Pick<Terminal, 'variable'>): Pick<AwsDoor, 'stsEndpointUrl'> {
  const stsEndpointUrl = variable('AWS_ENDPOINT_URL_STS') ?? ''
  return stsEndpointUrl === '' ? {} : { stsEndpointUrl }
}

function matching(pattern: string, words: string): (text: string) => string {
  return (text) => {
    if (new RegExp(pattern).test(text)) return text
    throw new Fault('USAGE', `${words}, not '${text}'`)
  }
}
