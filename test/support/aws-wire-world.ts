import { CloudTrailClient, type CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail'
import type { AccessKey } from '../../src/base/access-key.ts'
import type { Audit } from '../../src/http/access/audit.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import { listen } from '../../src/http/listen.ts'
import type { StoreEditor } from '../../src/store/store.ts'
import { appOver, NOW_MS } from './http-world.ts'
import type { Contents } from './memory-reader.ts'

/** A key for one account. */
export const KEY: AccessKey = {
  accessKeyId: 'OTABCDEFGHIJKLMNOPQR',
  secretAccessKey: 'a-secret-that-is-long-enough-for-all',
  accounts: ['123456789012'],
  createdTime: '2026-01-01T00:00:00Z',
}

/** A server that answers AWS's clients, at `NOW_MS`. */
export async function awsServer(
  contents: Contents,
  keys: readonly AccessKey[] = [KEY],
  writing: { readonly editor?: StoreEditor; readonly audit?: Audit } = {},
) {
  const aws = { keys: () => keys, unsigned: false }
  const app = await appOver(contents, {}, { aws, ...writing })
  // The SDK sets its clock by ours.
  app.server.prependListener('request', (_request, response) => {
    response.setHeader('date', new Date(NOW_MS).toUTCString())
  })
  const url = await listen(app, { port: 0 })
  return {
    url,
    close: () => app.close(),
    /** The SDK's own client, whose clock is that of the server. */
    client: (changes: CloudTrailClientConfig = {}) =>
      new CloudTrailClient({
        endpoint: url,
        region: 'us-east-1',
        credentials: KEY,
        systemClockOffset: NOW_MS - Date.now(),
        maxAttempts: 1,
        ...changes,
      }),
  }
}

/** What an unsigned request over loopback is answered: status and body. */
export async function askWire(
  app: HttpApp,
  operation: string,
  input: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await app.inject({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `CloudTrail_20131101.${operation}`,
    },
    payload: typeof input === 'string' ? input : JSON.stringify(input),
  })
  return { status: response.statusCode, body: response.json() }
}
