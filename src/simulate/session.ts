import { rfc3339 } from '../base/times.ts'
import type { Account, Principal } from './cast.ts'
import { Random } from './random.ts'

/** A principal at work: credentials of one moment, written out once and used by many records. */
export interface Session {
  readonly account: Account
  /** Where its calls go unless they say otherwise. */
  readonly region: string
  /** The caller's ARN without session name, or the service's host name. */
  readonly principal: string
  /** The caller's full ARN, for messages; the service's host name for services. */
  readonly arn: string
  /** The record's `userIdentity`, as JSON text. */
  readonly identity: string
  readonly address: string
  /** As JSON text, quotes included. */
  readonly userAgent: string
  readonly isConsole: boolean
  /** AWS services call inside AWS, without TLS details. */
  readonly isService: boolean
}

/** Opens a session of `principal` at `atMs`, in the account's home Region unless told otherwise. */
export function openSession(
  random: Random,
  account: Account,
  principal: Principal,
  { atMs, region = account.home }: { atMs: number; region?: string },
): Session {
  const address = principal.invokedBy ?? principal.address ?? privateAddress(random)
  const shared = {
    account,
    region,
    address,
    userAgent: JSON.stringify(principal.userAgent),
    isConsole: principal.isConsole === true,
    isService: principal.invokedBy !== undefined || principal.kind === 'service',
  }
  if (principal.kind === 'service') return { ...shared, ...serviceIdentity(principal) }
  const creation = rfc3339(Math.floor(atMs / 1000) * 1000 - random.below(600) * 1000)
  return principal.kind === 'role'
    ? { ...shared, ...roleIdentity(random, account, principal, creation) }
    : { ...shared, ...userIdentity(random, account, principal, creation) }
}

type Identity = Pick<Session, 'principal' | 'arn' | 'identity'> & { readonly address?: string }

function serviceIdentity({ name }: Principal): Identity {
  const identity = JSON.stringify({ type: 'AWSService', invokedBy: name })
  return { principal: name, arn: name, identity, address: name }
}

function roleIdentity(
  random: Random,
  { id }: Account,
  principal: Principal,
  creation: string,
): Identity {
  const { name, path = '/', invokedBy } = principal
  const session = principal.sessionName ?? random.hex(32)
  const roleId = `AROA${stableId(id, name)}`
  const role = `arn:aws:sts::${id}:assumed-role/${name}`
  const identity = JSON.stringify({
    type: 'AssumedRole',
    principalId: `${roleId}:${session}`,
    arn: `${role}/${session}`,
    accountId: id,
    accessKeyId: `ASIA${random.id(16)}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: `arn:aws:iam::${id}:role${path}${name}`,
        accountId: id,
        userName: name,
      },
      webIdFederationData: {},
      attributes: { creationDate: creation, mfaAuthenticated: 'false' },
    },
    ...(invokedBy === undefined ? {} : { invokedBy }),
  })
  return { principal: role, arn: `${role}/${session}`, identity }
}

function userIdentity(
  random: Random,
  { id }: Account,
  { name, isConsole }: Principal,
  creation: string,
): Identity {
  const arn = `arn:aws:iam::${id}:user/${name}`
  const signedIn = {
    sessionContext: { attributes: { creationDate: creation, mfaAuthenticated: 'true' } },
  }
  const identity = JSON.stringify({
    type: 'IAMUser',
    principalId: `AIDA${stableId(id, name)}`,
    arn,
    accountId: id,
    accessKeyId: isConsole ? `ASIA${random.id(16)}` : `AKIA${stableId(id, `${name}/key`).slice(1)}`,
    userName: name,
    ...(isConsole ? signedIn : {}),
  })
  return { principal: arn, arn, identity }
}

/** What AWS gave the principal when it was created: the same in every session. */
function stableId(account: string, name: string): string {
  return new Random(0, `${account}/${name}`).id(17)
}

function privateAddress(random: Random): string {
  return `10.${20 + random.below(4)}.${random.below(64)}.${4 + random.below(250)}`
}
