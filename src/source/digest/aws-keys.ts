import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { awsConfig } from '../aws/client.ts'
import type { AwsDoor } from '../aws/door.ts'
import { accessFault, troubleOf } from '../lookup/trouble.ts'
import { type KeyRing, publicKeyOf } from './key-ring.ts'
import type { PublicKey } from './public-key.ts'

const AROUND_MS = 3_600_000

/**
 * The keys CloudTrail itself gives out, asked of each digest's own Region as they are met: a rotation costs one call more. The SDK is
 * loaded with the first. Rejects with `AWS_ACCESS` without permission or credentials.
 */
export function keyRingOfAws(door: AwsDoor): KeyRing {
  const known = new Map<string, readonly PublicKey[]>()
  const clients = new Map<string, CloudTrailClient>()
  return {
    async keysFor({ region, fingerprint, atMs }) {
      const name = `${region} ${fingerprint}`
      const before = known.get(name)
      if (before !== undefined) return before
      known.set(name, [])
      const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail')
      const client = clients.get(region) ?? new CloudTrailClient(awsConfig({ ...door, region }))
      clients.set(region, client)
      for (const key of await listed(client, region, atMs))
        known.set(`${region} ${key.fingerprint}`, [key])
      return known.get(name) ?? []
    },
  }
}

async function listed(
  client: CloudTrailClient,
  region: string,
  atMs: number,
): Promise<readonly PublicKey[]> {
  const { ListPublicKeysCommand } = await import('@aws-sdk/client-cloudtrail')
  const span = { StartTime: new Date(atMs - AROUND_MS), EndTime: new Date(atMs + AROUND_MS) }
  const keys: PublicKey[] = []
  let token: string | undefined
  try {
    do {
      const question = new ListPublicKeysCommand({ ...span, NextToken: token })
      const { PublicKeyList = [], NextToken } = await client.send(question)
      keys.push(...PublicKeyList.flatMap((each) => publicKeyOf(each) ?? []))
      token = NextToken || undefined
    } while (token !== undefined)
  } catch (error) {
    const title = `the public keys of ${region} (or name a file of them with --public-keys)`
    const action = 'cloudtrail:ListPublicKeys'
    throw troubleOf(error) === 'access' ? accessFault(error, { title, action }) : error
  }
  return keys
}
