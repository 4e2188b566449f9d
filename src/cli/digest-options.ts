import { Option } from 'commander'
import { Fault } from '../base/fault.ts'
import type { Verification } from '../pipeline/verified/verified-run.ts'
import type { AwsDoor } from '../source/aws/door.ts'
import { keyRingOfAws } from '../source/digest/aws-keys.ts'
import { type KeyRing, keyRingOfFiles } from '../source/digest/key-ring.ts'
import { openArchives } from '../source/digest/open-archives.ts'
import type { AwsFlags } from './aws-options.ts'
import { gather } from './options.ts'

export interface DigestFlags extends AwsFlags {
  readonly publicKeys?: readonly string[]
}

export const publicKeysOption = (): Option =>
  new Option(
    '--public-keys <file>',
    'what aws cloudtrail list-public-keys printed (default: ask CloudTrail); may be repeated',
  ).argParser(gather)

/** What has no digests beside it cannot be verified. Throws `USAGE`. */
export function refuseUnsigned(sources: readonly string[]): void {
  const wrong = sources.find((source) => source === '-' || source.startsWith('lookup:'))
  if (wrong !== undefined)
    throw new Fault(
      'USAGE',
      `'${wrong}' has no digests: name a folder that holds AWSLogs, or s3://BUCKET[/PREFIX]`,
    )
}

/** Keys of the files named, else those CloudTrail is asked for. */
export const keysOf = ({ publicKeys }: DigestFlags, door: AwsDoor): KeyRing =>
  publicKeys === undefined ? keyRingOfAws(door) : keyRingOfFiles(publicKeys)

/** Who vouches for the logs of a run. Throws `USAGE` for sources without digests, and what opening archives throws. */
export async function verificationOf(
  sources: readonly string[],
  flags: DigestFlags & { readonly from?: number },
  door: AwsDoor,
): Promise<Verification> {
  if (sources.length === 0)
    throw new Fault('USAGE', '--require-verified needs a folder that holds AWSLogs, or s3://BUCKET')
  refuseUnsigned(sources)
  const archives = await openArchives(sources, door)
  return { archives, keys: keysOf(flags, door), fromMs: flags.from ?? 0 }
}
