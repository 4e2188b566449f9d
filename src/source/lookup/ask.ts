import type { CloudTrailClient, CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail'
import { awsConfig } from '../aws/client.ts'
import type { AwsDoor } from '../aws/door.ts'

/** One page asked for: the same stretch of time with every token of it. */
export interface Question {
  /** Epoch milliseconds, inclusive. */
  readonly fromMs: number
  /** Epoch milliseconds, inclusive. */
  readonly untilMs: number
  readonly token: string | undefined
  /** Events wanted at most, 1 to 50; 50 unless said otherwise. */
  readonly most?: number
}

/** An event as LookupEvents wraps it: the record itself is the text `CloudTrailEvent`. */
export interface LookedUp {
  readonly EventId?: string | undefined
  readonly CloudTrailEvent?: string | undefined
}

/** Up to fifty events, newest first, and the token of the next page. */
export interface Page {
  readonly events: readonly LookedUp[]
  readonly token: string | undefined
}

/** Asks CloudTrail once: no pace, no second try. Rejects with the SDK's own error. */
export type Ask = (question: Question) => Promise<Page>

/** Which CloudTrail, and as whom. */
export type Door = AwsDoor & { readonly region: string }

/** A way to ask, and the account the credentials name, where they do. */
export interface Caller {
  readonly ask: Ask
  readonly account: string | undefined
}

const PAGE_COUNT = 50

/** Loads the AWS SDK and finds credentials. Rejects with the SDK's own error where there are none. */
export async function callerFor(door: Door): Promise<Caller> {
  const { CloudTrailClient, LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail')
  const client = new CloudTrailClient(configFor(door))
  const ask: Ask = async ({ fromMs, untilMs, token, most = PAGE_COUNT }) => {
    const command = new LookupEventsCommand({
      StartTime: new Date(Math.floor(fromMs / 1000) * 1000),
      EndTime: new Date(Math.ceil(untilMs / 1000) * 1000),
      MaxResults: most,
      NextToken: token,
    })
    const answer = await client.send(command)
    return { events: answer.Events ?? [], token: answer.NextToken || undefined }
  }
  return { ask, account: await accountOf(client) }
}

/** One try a call, because each try must wait for the pace. */
function configFor(door: Door): CloudTrailClientConfig {
  return { ...awsConfig(door), maxAttempts: 1, retryMode: 'standard' }
}

async function accountOf(client: CloudTrailClient): Promise<string | undefined> {
  const { accountId } = await client.config.credentials()
  return accountId
}
