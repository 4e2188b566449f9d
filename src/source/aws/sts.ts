import type { STSClient } from '@aws-sdk/client-sts'
import { type AwsDoor, plainConfig, withRegion } from './door.ts'

/** Who signs, as AWS knows them. */
export interface Caller {
  readonly arn: string
  readonly account: string
}

/**
 * Loads the AWS SDK and opens STS, by the door's own credentials: whatever stands in place of the Region's endpoints stands in
 * place of that of STS, too, unless `stsEndpointUrl` names another.
 */
export async function stsOf({ stsEndpointUrl, ...door }: AwsDoor): Promise<STSClient> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  const endpoint = stsEndpointUrl === undefined ? {} : { endpointUrl: stsEndpointUrl }
  const config = plainConfig({ ...door, ...endpoint })
  return withRegion((region) => new STSClient({ ...config, ...region }))
}

/** Who a client's credentials are; it takes no permission. Rejects with the SDK's own errors. */
export async function callerOf(client: STSClient): Promise<Caller> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  const { Arn = '', Account = '' } = await client.send(new GetCallerIdentityCommand({}))
  return { arn: Arn, account: Account }
}

/** Hears when each answer was given by the clock of whoever gave it, epoch milliseconds, refusals included. */
export function hearDates(client: STSClient, hear: (atMs: number) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { headers = {} } = result.response as { headers?: Readonly<Record<string, string>> }
      const atMs = Date.parse(headers['date'] ?? '')
      if (!Number.isNaN(atMs)) hear(atMs)
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
}
